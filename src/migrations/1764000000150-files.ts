import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Files1764000000150 implements MigrationInterface {
  name = 'Files1764000000150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stored_file (
        id uuid NOT NULL CONSTRAINT stored_file_pkey PRIMARY KEY,
        sha256 text NOT NULL,
        size int NOT NULL CONSTRAINT stored_file_size_check CHECK (size > 0),
        media_type text NOT NULL, name text NOT NULL, created_at timestamptz NOT NULL)`);
    await runner.query(`CREATE INDEX stored_file_sha256_idx ON stored_file (sha256)`);
    await runner.query(`SELECT audit_watch('stored_file')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE stored_file`);
  }
}
