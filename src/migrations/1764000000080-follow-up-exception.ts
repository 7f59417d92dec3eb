import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowUpException1764000000080 implements MigrationInterface {
  name = 'FollowUpException1764000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE follow_up_exception (
        round_id uuid NOT NULL,
        lead_id uuid NOT NULL CONSTRAINT follow_up_exception_lead_id_fkey REFERENCES lead (id),
        step_key text NOT NULL,
        created_by uuid CONSTRAINT follow_up_exception_created_by_fkey REFERENCES app_user (id),
        created_at timestamptz NOT NULL,
        CONSTRAINT follow_up_exception_pkey PRIMARY KEY (round_id, lead_id, step_key))`);
    await runner.query(`CREATE INDEX follow_up_exception_lead_id_idx ON follow_up_exception (lead_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE follow_up_exception`);
  }
}
