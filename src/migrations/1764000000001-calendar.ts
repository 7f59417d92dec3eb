import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Calendar1764000000001 implements MigrationInterface {
  name = 'Calendar1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_exception (
        id uuid CONSTRAINT calendar_exception_pkey PRIMARY KEY,
        day date NOT NULL CONSTRAINT calendar_exception_day_key UNIQUE,
        kind text NOT NULL, name_vi text NOT NULL, name_en text NOT NULL, source text NOT NULL,
        version int NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
        CONSTRAINT calendar_exception_kind_check CHECK (kind IN ('day_off', 'working_day')),
        CONSTRAINT calendar_exception_day_check CHECK (day BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'))`);
    await runner.query(`SELECT audit_watch('calendar_exception')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE calendar_exception`);
  }
}
