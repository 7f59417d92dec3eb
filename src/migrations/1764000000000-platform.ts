import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Platform1764000000000 implements MigrationInterface {
  name = 'Platform1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS unaccent`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`
      CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
      AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, replace(replace(normalize(value, NFC), 'đ', 'd'), 'Đ', 'D'))) $$`);
    await runner.query(`
      CREATE TABLE idempotency_key (
        caller text NOT NULL, key text NOT NULL, request_hash text NOT NULL, status int, answer jsonb,
        created_at timestamptz NOT NULL, CONSTRAINT idempotency_key_pkey PRIMARY KEY (caller, key))`);
    await runner.query(`CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at)`);
    await runner.query(`
      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_entry_pkey PRIMARY KEY,
        at timestamptz NOT NULL, actor_kind text NOT NULL, actor_id uuid, request_id text,
        table_name text NOT NULL, row_id text NOT NULL, action text NOT NULL, changes jsonb NOT NULL)`);
    await runner.query(`CREATE INDEX audit_entry_row_idx ON audit_entry (table_name, row_id, id)`);
    await runner.query(AUDIT_ROW);
    await runner.query(AUDIT_WATCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP FUNCTION audit_watch(text); DROP FUNCTION audit_row(); DROP FUNCTION fold(text)`,
    );
    await runner.query(`DROP TABLE audit_entry; DROP TABLE idempotency_key`);
  }
}

const AUDIT_ROW = `
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  changes jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)), '{}')
    INTO changes
    FROM jsonb_object_keys(before || after) AS key
   WHERE (before -> key) IS DISTINCT FROM (after -> key)
     AND key NOT IN ('search', 'updated_at', 'version') AND NOT (TG_TABLE_NAME = 'api_key' AND key = 'key') AND NOT (TG_OP <> 'UPDATE' AND coalesce(before -> key, after -> key) = 'null');
  IF TG_OP = 'UPDATE' AND changes = '{}' THEN RETURN NULL; END IF;
  INSERT INTO audit_entry (at, actor_kind, actor_id, request_id, table_name, row_id, action, changes)
  VALUES (coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()),
          coalesce(nullif(current_setting('app.actor_kind', true), ''), 'system'),
          nullif(current_setting('app.actor_id', true), '')::uuid,
          nullif(current_setting('app.request_id', true), ''),
          TG_TABLE_NAME, coalesce(after ->> 'id', before ->> 'id', after ->> 'kind', before ->> 'kind'), lower(TG_OP), changes);
  RETURN NULL;
END $$`;

const AUDIT_WATCH = `
CREATE FUNCTION audit_watch(watched text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_row()', watched || '_audit', watched);
END $$`;
