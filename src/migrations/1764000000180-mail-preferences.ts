import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MailPreferences1764000000180 implements MigrationInterface {
  name = 'MailPreferences1764000000180';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE template ADD COLUMN topic text
      CONSTRAINT template_topic_check CHECK (topic IN ('rounds', 'land', 'policy'))`);
    await runner.query(`
      UPDATE template SET topic = CASE WHEN code = 'round-cluster-sheet' THEN 'land' ELSE 'rounds' END
       WHERE purpose = 'promotion' AND audience = 'investor'`);
    await runner.query(`ALTER TABLE template ADD CONSTRAINT template_topic_needed_check
      CHECK ((topic IS NOT NULL) = (purpose = 'promotion' AND audience = 'investor'))`);
    await runner.query(`ALTER TABLE message ADD COLUMN not_after timestamptz`);
    await runner.query(MAIL_PREFERENCE);
    await runner.query(`CREATE INDEX mail_preference_contact_id_idx ON mail_preference (contact_id)`);
    await runner.query(
      `SELECT audit_watch('mail_preference'), live_watch('mail_preference', NULL, 'contact_id', 'true')`,
    );
    await runner.query(channels(`${CHANNELS}, 'preferences_page'`));
    await runner.query(`ALTER TABLE app_user ADD COLUMN title text, ADD COLUMN phone text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE app_user DROP COLUMN title, DROP COLUMN phone`);
    await runner.query(channels(CHANNELS));
    await runner.query(`DROP TABLE mail_preference`);
    await runner.query(`DROP FUNCTION live_note_mail_preference()`);
    await runner.query(`ALTER TABLE message DROP COLUMN not_after`);
    await runner.query(`ALTER TABLE template DROP COLUMN topic`);
  }
}

const CHANNELS = `'enquiry_form', 'officer', 'answer_page', 'opt_out_page', 'one_click', 'import'`;

const channels = (allowed: string): string => `
  ALTER TABLE consent DROP CONSTRAINT consent_channel_check;
  ALTER TABLE consent ADD CONSTRAINT consent_channel_check CHECK (channel IN (${allowed}))`;

const MAIL_PREFERENCE = `
  CREATE TABLE mail_preference (
    id uuid NOT NULL CONSTRAINT mail_preference_pkey PRIMARY KEY,
    address text NOT NULL CONSTRAINT mail_preference_address_key UNIQUE
      CONSTRAINT mail_preference_address_check CHECK (address = lower(address)),
    topics text[] NOT NULL CONSTRAINT mail_preference_topics_check
      CHECK (cardinality(topics) > 0 AND topics <@ ARRAY['rounds', 'land', 'policy']),
    language text NOT NULL CONSTRAINT mail_preference_language_check CHECK (language IN ('vi', 'en', 'zh')),
    frequency text NOT NULL CONSTRAINT mail_preference_frequency_check CHECK (frequency IN ('each', 'weekly', 'monthly')),
    contact_id uuid NOT NULL CONSTRAINT mail_preference_contact_id_fkey REFERENCES contact (id),
    message_id uuid NOT NULL CONSTRAINT mail_preference_message_id_fkey REFERENCES message (id),
    chosen_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1)`;
