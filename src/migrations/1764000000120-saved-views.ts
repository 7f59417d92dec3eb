import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SavedViews1764000000120 implements MigrationInterface {
  name = 'SavedViews1764000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_view (
        id uuid NOT NULL CONSTRAINT saved_view_pkey PRIMARY KEY,
        owner_id uuid NOT NULL CONSTRAINT saved_view_owner_id_fkey REFERENCES app_user (id) ON DELETE CASCADE,
        page text NOT NULL CONSTRAINT saved_view_page_check
          CHECK (page IN ('pipeline', 'firms', 'clusters', 'rounds', 'messages')),
        name text NOT NULL, query jsonb NOT NULL, shared boolean NOT NULL,
        version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`);
    await runner.query(`CREATE INDEX saved_view_owner_id_idx ON saved_view (owner_id, page)`);
    await runner.query(`CREATE INDEX saved_view_page_idx ON saved_view (page) WHERE shared`);
    await runner.query(`SELECT audit_watch('saved_view'), live_watch('saved_view', NULL, NULL, 'true')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE saved_view; DROP FUNCTION live_note_saved_view()`);
  }
}
