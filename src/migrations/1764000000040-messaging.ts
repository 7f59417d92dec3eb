import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Messaging1764000000040 implements MigrationInterface {
  name = 'Messaging1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE template (
        id uuid NOT NULL CONSTRAINT template_pkey PRIMARY KEY,
        code text NOT NULL CONSTRAINT template_code_key UNIQUE,
        purpose text NOT NULL CONSTRAINT template_purpose_check CHECK (purpose IN ('promotion', 'service')),
        audience text NOT NULL CONSTRAINT template_audience_check CHECK (audience IN ('investor', 'officer')),
        name_vi text NOT NULL, name_en text NOT NULL, version int NOT NULL,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`);
    await runner.query(`
      CREATE TABLE template_text (
        id uuid NOT NULL CONSTRAINT template_text_pkey PRIMARY KEY,
        template_id uuid NOT NULL CONSTRAINT template_text_template_id_fkey REFERENCES template (id) ON DELETE CASCADE,
        language text NOT NULL CONSTRAINT template_text_language_check CHECK (language IN ('vi', 'en', 'zh')),
        subject text NOT NULL, body text NOT NULL, version int NOT NULL,
        CONSTRAINT template_text_template_id_language_key UNIQUE (template_id, language))`);
    await runner.query(`SELECT audit_watch('template'), audit_watch('template_text')`);
    await runner.query(MESSAGE);
    await runner.query(`CREATE INDEX message_due_idx ON message (not_before, id) WHERE status = 'queued'`);
    await runner.query(`CREATE INDEX message_sending_idx ON message (claimed_at) WHERE status = 'sending'`);
    await runner.query(
      `CREATE INDEX message_domain_sent_idx ON message (to_domain, sent_at) WHERE sent_at IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX message_sent_idx ON message (sent_at) WHERE sent_at IS NOT NULL`);
    await runner.query(`CREATE INDEX message_created_at_id_idx ON message (created_at, id)`);
    for (const column of ['lead_id', 'contact_id', 'round_id']) {
      await runner.query(`CREATE INDEX message_${column}_created_at_idx ON message (${column}, created_at)`);
    }
    await runner.query(`CREATE INDEX message_reminder_id_idx ON message (reminder_id)`);
    await runner.query(`
      CREATE TABLE message_answer (
        id uuid NOT NULL CONSTRAINT message_answer_pkey PRIMARY KEY,
        message_id uuid NOT NULL CONSTRAINT message_answer_message_id_key UNIQUE
          CONSTRAINT message_answer_message_id_fkey REFERENCES message (id),
        answer text NOT NULL CONSTRAINT message_answer_answer_check
          CHECK (answer IN ('interested', 'call_me', 'visit', 'not_now', 'not_interested')),
        note text, until_day date, at timestamptz NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE message_answer; DROP TABLE message; DROP TABLE template_text; DROP TABLE template`,
    );
  }
}

const MESSAGE = `
  CREATE TABLE message (
    id uuid NOT NULL CONSTRAINT message_pkey PRIMARY KEY,
    dedupe_key text NOT NULL CONSTRAINT message_dedupe_key_key UNIQUE,
    template_id uuid NOT NULL CONSTRAINT message_template_id_fkey REFERENCES template (id),
    purpose text NOT NULL CONSTRAINT message_purpose_check CHECK (purpose IN ('promotion', 'service')),
    audience text NOT NULL CONSTRAINT message_audience_check CHECK (audience IN ('investor', 'officer')),
    language text NOT NULL CONSTRAINT message_language_check CHECK (language IN ('vi', 'en', 'zh')),
    contact_id uuid CONSTRAINT message_contact_id_fkey REFERENCES contact (id),
    user_id uuid CONSTRAINT message_user_id_fkey REFERENCES app_user (id),
    officer_id uuid CONSTRAINT message_officer_id_fkey REFERENCES app_user (id),
    lead_id uuid CONSTRAINT message_lead_id_fkey REFERENCES lead (id),
    reminder_id uuid, round_id uuid,
    to_address text NOT NULL, to_name text NOT NULL, to_domain text NOT NULL, from_name text NOT NULL, reply_to text,
    subject text NOT NULL, body_text text NOT NULL, body_html text NOT NULL,
    status text NOT NULL DEFAULT 'queued' CONSTRAINT message_status_check
      CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'bounced', 'unknown', 'cancelled')),
    not_before timestamptz NOT NULL, attempts int NOT NULL DEFAULT 0,
    claimed_at timestamptz, claim_token uuid, first_tried_at timestamptz, sent_at timestamptz, error_code text, error_text text,
    message_id_header text NOT NULL CONSTRAINT message_message_id_header_key UNIQUE,
    created_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1,
    CONSTRAINT message_recipient_check CHECK (num_nonnulls(contact_id, user_id) = 1))`;
