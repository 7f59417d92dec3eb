import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReportFeeds1764000000240 implements MigrationInterface {
  name = 'ReportFeeds1764000000240';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_feed (
        id uuid NOT NULL CONSTRAINT report_feed_pkey PRIMARY KEY,
        maker_id uuid NOT NULL CONSTRAINT report_feed_maker_id_fkey REFERENCES app_user (id) ON DELETE CASCADE,
        name text NOT NULL,
        report text NOT NULL CONSTRAINT report_feed_report_check
          CHECK (report IN ('pipeline', 'ageing', 'follow-up', 'rounds', 'targets')),
        query jsonb NOT NULL,
        language text NOT NULL CONSTRAINT report_feed_language_check CHECK (language IN ('vi', 'en')),
        token_hash text NOT NULL CONSTRAINT report_feed_token_hash_key UNIQUE,
        created_at timestamptz NOT NULL)`);
    await runner.query(`CREATE INDEX report_feed_maker_id_idx ON report_feed (maker_id)`);
    await runner.query(`SELECT audit_watch('report_feed')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE report_feed`);
  }
}
