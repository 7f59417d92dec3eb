import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EnquiryForm1764000000170 implements MigrationInterface {
  name = 'EnquiryForm1764000000170';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE app_user
        ADD COLUMN district_ids uuid[] NOT NULL DEFAULT '{}',
        ADD COLUMN languages text[] NOT NULL DEFAULT '{vi}'
          CONSTRAINT app_user_languages_check CHECK (languages <@ ARRAY['vi', 'en', 'zh'])`);
    await runner.query(`
      ALTER TABLE enquiry
        ADD COLUMN kind text CONSTRAINT enquiry_kind_check CHECK (kind IN ('infrastructure', 'secondary')),
        ADD COLUMN cluster_codes text[] NOT NULL DEFAULT '{}',
        ADD COLUMN promotion_mail boolean NOT NULL DEFAULT false,
        ADD COLUMN via text NOT NULL DEFAULT 'program' CONSTRAINT enquiry_via_check CHECK (via IN ('page', 'program')),
        ADD COLUMN form_id uuid CONSTRAINT enquiry_form_id_key UNIQUE,
        ADD COLUMN sender text,
        ADD COLUMN erased_at timestamptz`);
    await runner.query(`ALTER TABLE enquiry ALTER COLUMN via DROP DEFAULT`);
    await runner.query(
      `CREATE INDEX enquiry_sender_idx ON enquiry (sender, received_at) WHERE sender IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE unconfirmed_enquiry (
        id uuid NOT NULL CONSTRAINT unconfirmed_enquiry_pkey PRIMARY KEY,
        reference text NOT NULL, email text NOT NULL, body jsonb NOT NULL,
        language text NOT NULL CONSTRAINT unconfirmed_enquiry_language_check CHECK (language IN ('vi', 'en', 'zh')),
        sender text NOT NULL, received_at timestamptz NOT NULL,
        mail text NOT NULL CONSTRAINT unconfirmed_enquiry_mail_check CHECK (mail IN ('waiting', 'sending', 'sent', 'withheld')),
        mail_at timestamptz)`);
    await runner.query(
      `CREATE INDEX unconfirmed_enquiry_received_at_idx ON unconfirmed_enquiry (received_at)`,
    );
    await runner.query(
      `CREATE INDEX unconfirmed_enquiry_email_idx ON unconfirmed_enquiry (email, received_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE unconfirmed_enquiry`);
    await runner.query(`DROP INDEX enquiry_sender_idx`);
    await runner.query(`
      ALTER TABLE enquiry DROP COLUMN kind, DROP COLUMN cluster_codes, DROP COLUMN promotion_mail, DROP COLUMN via,
        DROP COLUMN form_id, DROP COLUMN sender, DROP COLUMN erased_at`);
    await runner.query(`ALTER TABLE app_user DROP COLUMN district_ids, DROP COLUMN languages`);
  }
}
