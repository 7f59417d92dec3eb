import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Privacy1764000000220 implements MigrationInterface {
  name = 'Privacy1764000000220';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SEQUENCE data_request_reference_seq`);
    await runner.query(DATA_REQUEST);
    await runner.query(
      `CREATE UNIQUE INDEX data_request_open_key ON data_request (contact_id, kind)
        WHERE status IN ('received', 'acknowledged', 'extended')`,
    );
    await runner.query(`CREATE INDEX data_request_due_at_idx ON data_request (due_at, id)`);
    await runner.query(`CREATE INDEX data_request_received_at_idx ON data_request (received_at, id)`);
    await runner.query(`CREATE INDEX data_request_contact_id_idx ON data_request (contact_id)`);
    await runner.query(
      `SELECT audit_watch('data_request'), live_watch('data_request', NULL, 'contact_id', 'true')`,
    );
    await runner.query(`ALTER TABLE contact ADD COLUMN restricted_at timestamptz`);
    await runner.query(`ALTER TABLE consent ADD COLUMN address_hash text`);
    await runner.query(
      `CREATE INDEX consent_erased_address_idx ON consent (address_hash) WHERE address_hash IS NOT NULL`,
    );
    await runner.query(CONSENT_CHANGE);
    await runner.query(`DROP TRIGGER consent_append_only ON consent`);
    await runner.query(
      `CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION consent_change()`,
    );
    await runner.query(WITHOUT_WORDS);
    await runner.query(WITHOUT_WORDS_JSON);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP FUNCTION without_words(jsonb, text[]); DROP FUNCTION without_words(text, text[])`,
    );
    await runner.query(`DROP TRIGGER consent_append_only ON consent`);
    await runner.query(
      `CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
    );
    await runner.query(`DROP FUNCTION consent_change()`);
    await runner.query(`ALTER TABLE consent DROP COLUMN address_hash`);
    await runner.query(`ALTER TABLE contact DROP COLUMN restricted_at`);
    await runner.query(`DROP TABLE data_request`);
    await runner.query(`DROP FUNCTION live_note_data_request()`);
    await runner.query(`DROP SEQUENCE data_request_reference_seq`);
  }
}

const DATA_REQUEST = `
CREATE TABLE data_request (
  id uuid NOT NULL CONSTRAINT data_request_pkey PRIMARY KEY,
  reference text NOT NULL CONSTRAINT data_request_reference_key UNIQUE,
  contact_id uuid NOT NULL CONSTRAINT data_request_contact_id_fkey REFERENCES contact (id),
  kind text NOT NULL CONSTRAINT data_request_kind_check CHECK (kind IN ('withdraw', 'restrict', 'view', 'correct', 'copy', 'erase')),
  text text, correction jsonb,
  channel text NOT NULL CONSTRAINT data_request_channel_check CHECK (channel IN ('case_page', 'letter', 'phone', 'email', 'officer')),
  status text NOT NULL CONSTRAINT data_request_status_check
    CHECK (status IN ('received', 'acknowledged', 'extended', 'done', 'refused', 'withdrawn')),
  received_at timestamptz NOT NULL, acknowledge_due_at timestamptz NOT NULL, acknowledged_at timestamptz,
  due_at timestamptz NOT NULL, extended_at timestamptz, extension_reason text,
  handled_by uuid CONSTRAINT data_request_handled_by_fkey REFERENCES app_user (id),
  closed_at timestamptz, decision_reason text, lifted_at timestamptz,
  pdf_taken_at timestamptz, json_taken_at timestamptz,
  acknowledge_breach_told_at timestamptz, breach_told_at timestamptz,
  version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
  CONSTRAINT data_request_closed_check CHECK ((status IN ('done', 'refused', 'withdrawn')) = (closed_at IS NOT NULL)))`;

/**
 * The ledger's one change: while its person is being erased, told by \`app.erasing_contact\` in that transaction, a line
 * gives up its mailbox for a keyed digest, and its evidence. What was said, when and how stays. Each one is audited.
 */
const CONSENT_CHANGE = `
CREATE FUNCTION consent_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('app.erasing_contact', true) = OLD.contact_id::text
     AND NEW.address IS NULL AND NEW.evidence IS NULL
     AND to_jsonb(NEW) - '{address,evidence,address_hash}'::text[] = to_jsonb(OLD) - '{address,evidence,address_hash}'::text[] THEN
    INSERT INTO audit_entry (at, actor_kind, actor_id, request_id, table_name, row_id, action, changes)
    VALUES (coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()),
            coalesce(nullif(current_setting('app.actor_kind', true), ''), 'system'),
            nullif(current_setting('app.actor_id', true), '')::uuid,
            nullif(current_setting('app.request_id', true), ''), 'consent', OLD.id::text, 'update', '{"erased": [false, true]}');
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$`;

/**
 * A text without what names a person: each of the words gives way to "[…]", small and capital letters alike. Whole words
 * only, so that the name "An" leaves "an toàn" alone; scripts without blanks between words have no such bounds.
 */
const WITHOUT_WORDS = `
CREATE FUNCTION without_words(p_value text, p_words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  word text;
  pattern text;
BEGIN
  FOREACH word IN ARRAY p_words LOOP
    pattern := regexp_replace(word, '([^[:alnum:][:space:]])', '\\\\\\1', 'g');
    IF word !~ '[\\u2E80-\\uD7AF]' THEN
      pattern := CASE WHEN word ~ '^[[:alnum:]]' THEN '\\m' ELSE '' END || pattern || CASE WHEN word ~ '[[:alnum:]]$' THEN '\\M' ELSE '' END;
    END IF;
    p_value := regexp_replace(p_value, pattern, '[…]', 'gi');
  END LOOP;
  RETURN p_value;
END $$`;

/** The same for every text in a JSON value; keys stay. */
const WITHOUT_WORDS_JSON = `
CREATE FUNCTION without_words(p_value jsonb, p_words text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE jsonb_typeof(p_value)
    WHEN 'string' THEN to_jsonb(without_words(p_value #>> '{}', p_words))
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(without_words(item, p_words) ORDER BY place), '[]')
                         FROM jsonb_array_elements(p_value) WITH ORDINALITY AS e (item, place))
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(name, without_words(item, p_words)), '{}') FROM jsonb_each(p_value) AS e (name, item))
    ELSE p_value END
$$`;
