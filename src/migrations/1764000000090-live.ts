import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Live1764000000090 implements MigrationInterface {
  name = 'Live1764000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LIVE_WATCH);
    for (const [table, lead, parent, matters] of WATCHED)
      await runner.query(`SELECT live_watch($1, $2, $3, $4)`, [table, lead, parent, matters ?? 'true']);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table] of WATCHED) await runner.query(`DROP FUNCTION live_note_${table}() CASCADE`);
    await runner.query(`DROP FUNCTION live_watch(text, text, text, text)`);
  }
}

/** Table, its column that names the lead, its column that names what it belongs to, which rows are worth a note. */
const WATCHED: [table: string, lead: string | null, parent: string | null, matters?: string][] = [
  ['lead', 'id', 'firm_id'],
  ['activity', 'lead_id', null],
  ['timeline_entry', 'lead_id', null],
  ['reminder', 'lead_id', 'round_id'],
  ['follow_up_sequence', 'lead_id', 'round_id'],
  // a claim for sending lasts a moment, and shows nothing that its end does not
  ['message', 'lead_id', 'round_id', `status <> 'sending'`],
  ['firm', null, null],
  ['contact', null, 'firm_id'],
  ['consent', null, 'contact_id'],
  ['cluster', null, null],
  ['cluster_milestone', null, 'cluster_id'],
  ['cluster_fact', null, 'cluster_id'],
  ['target', null, null],
  ['target_value', null, 'target_id'],
  ['promotion_round', null, null],
  ['promotion_event', null, 'round_id'],
  ['participation', 'lead_id', 'round_id'],
  ['follow_up_plan', null, null],
  ['template', null, null],
  ['template_text', null, 'template_id'],
  ['pipeline_stage', null, null],
  ['calendar_exception', null, null],
];

/**
 * Notes on the channel `live` what a statement changed: ids, never data. A statement that changes many rows, or a
 * transaction of many statements, is one note without an id; PostgreSQL sends equal notes of a transaction once, and
 * only when it is committed.
 */
const LIVE_WATCH = `
CREATE FUNCTION live_watch(watched text, lead_column text, parent_column text, matters text) RETURNS void LANGUAGE plpgsql AS $watch$
DECLARE
  note text := 'live_note_' || watched;
BEGIN
  EXECUTE format($function$
    CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $note$
    DECLARE
      told int := coalesce(nullif(current_setting('app.live_notes', true), ''), '0')::int;
      changes int := (SELECT count(*) FROM (SELECT FROM changed WHERE %5$s LIMIT 21) AS few);
    BEGIN
      IF changes > 20 OR (changes > 0 AND told + changes > 100) THEN
        PERFORM pg_notify('live', json_build_object('topic', %2$L)::text);
      ELSIF changes > 0 THEN
        PERFORM set_config('app.live_notes', (told + changes)::text, true);
        PERFORM pg_notify('live', json_build_object('topic', %2$L, 'id', id, 'leadId', %3$s, 'parentId', %4$s)::text)
           FROM changed WHERE %5$s;
      END IF;
      RETURN NULL;
    END $note$ $function$,
    note, watched, coalesce(quote_ident(lead_column), 'NULL'), coalesce(quote_ident(parent_column), 'NULL'), matters);
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', watched || '_live_insert', watched, note);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', watched || '_live_update', watched, note);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', watched || '_live_delete', watched, note);
END $watch$`;
