import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the page of the day counts and lists is found without reading everything that ever was. */
export class Desk1764000000110 implements MigrationInterface {
  name = 'Desk1764000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX reminder_done_idx ON reminder (closed_at) WHERE status = 'done'`);
    await runner.query(
      `CREATE INDEX reminder_lead_tasks_idx ON reminder (lead_id) WHERE status IN ('pending', 'open')`,
    );
    await runner.query(
      `CREATE INDEX message_attention_idx ON message (created_at, id) WHERE status IN ('unknown', 'failed', 'bounced')`,
    );
    await runner.query(`CREATE INDEX message_answer_at_idx ON message_answer (at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX reminder_done_idx, reminder_lead_tasks_idx, message_attention_idx, message_answer_at_idx`,
    );
  }
}
