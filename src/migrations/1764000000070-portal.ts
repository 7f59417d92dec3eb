import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Portal1764000000070 implements MigrationInterface {
  name = 'Portal1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SEQUENCE enquiry_reference_seq`);
    await runner.query(`
      CREATE TABLE enquiry (
        id uuid CONSTRAINT enquiry_pkey PRIMARY KEY,
        reference text NOT NULL CONSTRAINT enquiry_reference_key UNIQUE,
        lead_id uuid NOT NULL, contact_id uuid NOT NULL,
        message text NOT NULL, language text NOT NULL, received_at timestamptz NOT NULL,
        CONSTRAINT enquiry_language_check CHECK (language IN ('vi', 'en', 'zh')))`);
    await runner.query(`CREATE INDEX enquiry_lead_id_idx ON enquiry (lead_id)`);
    await runner.query(
      `CREATE INDEX enquiry_contact_id_received_at_idx ON enquiry (contact_id, received_at)`,
    );
    await runner.query(`CREATE INDEX enquiry_received_at_idx ON enquiry (received_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE enquiry`);
    await runner.query(`DROP SEQUENCE enquiry_reference_seq`);
  }
}
