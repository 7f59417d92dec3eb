import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANNELS = `'enquiry_form', 'officer', 'answer_page', 'opt_out_page', 'one_click', 'import', 'preferences_page'`;

export class Inbox1764000000210 implements MigrationInterface {
  name = 'Inbox1764000000210';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MAIL);
    await runner.query(ATTACHMENT);
    await runner.query(MAILBOX);
    await runner.query(INDEXES);
    await runner.query(`ALTER TABLE activity ADD COLUMN incoming boolean NOT NULL DEFAULT false`);
    await allowChannels(runner, `${CHANNELS}, 'mail'`);
    await runner.query(`SELECT audit_watch('inbound_mail')`);
    await runner.query(`SELECT audit_watch('inbound_attachment')`);
    await runner.query(`SELECT live_watch('inbound_mail', 'lead_id', NULL, 'true')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE inbox_mailbox, inbound_attachment, inbound_mail`);
    await runner.query(`DROP FUNCTION live_note_inbound_mail()`);
    await runner.query(`ALTER TABLE activity DROP COLUMN incoming`);
    // the ledger is not rewritten: what came by mail before stays
    await allowChannels(runner, CHANNELS, 'NOT VALID');
  }
}

async function allowChannels(runner: QueryRunner, channels: string, how = ''): Promise<void> {
  await runner.query(`ALTER TABLE consent DROP CONSTRAINT consent_channel_check`);
  await runner.query(
    `ALTER TABLE consent ADD CONSTRAINT consent_channel_check CHECK (channel IN (${channels})) ${how}`,
  );
}

const MAIL = `
  CREATE TABLE inbound_mail (
    id uuid NOT NULL CONSTRAINT inbound_mail_pkey PRIMARY KEY,
    message_id_header text NOT NULL CONSTRAINT inbound_mail_message_id_header_key UNIQUE,
    channel text NOT NULL CONSTRAINT inbound_mail_channel_check CHECK (channel IN ('imap', 'webhook')),
    from_address text NOT NULL, from_name text NOT NULL, to_addresses text NOT NULL,
    subject text NOT NULL, text text NOT NULL, words text NOT NULL,
    received_at timestamptz NOT NULL,
    kind text NOT NULL CONSTRAINT inbound_mail_kind_check CHECK (kind IN
      ('reply', 'bounce_hard', 'bounce_soft', 'auto_reply', 'out_of_office', 'unsubscribe_request', 'read_receipt', 'calendar_reply', 'unknown')),
    state text NOT NULL CONSTRAINT inbound_mail_state_check CHECK (state IN ('matched', 'unmatched', 'set_aside')),
    matched_by text CONSTRAINT inbound_mail_matched_by_check CHECK (matched_by IN ('reply_address', 'thread', 'report', 'sender', 'person')),
    lead_id uuid CONSTRAINT inbound_mail_lead_id_fkey REFERENCES lead (id) ON DELETE SET NULL,
    contact_id uuid CONSTRAINT inbound_mail_contact_id_fkey REFERENCES contact (id),
    message_id uuid CONSTRAINT inbound_mail_message_id_fkey REFERENCES message (id),
    other_address boolean NOT NULL DEFAULT false,
    bounce_code text,
    return_on date,
    meeting_reply text CONSTRAINT inbound_mail_meeting_reply_check CHECK (meeting_reply IN ('accepted', 'declined', 'tentative')),
    note text CONSTRAINT inbound_mail_note_check CHECK (note IN ('too_large', 'unreadable', 'failed', 'too_many', 'from_staff')),
    activity_id uuid,
    version int NOT NULL DEFAULT 1)`;

const ATTACHMENT = `
  CREATE TABLE inbound_attachment (
    id uuid NOT NULL CONSTRAINT inbound_attachment_pkey PRIMARY KEY,
    mail_id uuid NOT NULL CONSTRAINT inbound_attachment_mail_id_fkey REFERENCES inbound_mail (id) ON DELETE CASCADE,
    name text NOT NULL, size int NOT NULL,
    file_id uuid CONSTRAINT inbound_attachment_file_id_fkey REFERENCES stored_file (id),
    refusal text CONSTRAINT inbound_attachment_refusal_check CHECK (refusal IN ('type', 'too_large', 'empty', 'too_many')),
    CONSTRAINT inbound_attachment_file_check CHECK (num_nonnulls(file_id, refusal) = 1))`;

const MAILBOX = `
  CREATE TABLE inbox_mailbox (
    key text NOT NULL CONSTRAINT inbox_mailbox_pkey PRIMARY KEY,
    uid_validity bigint, last_uid bigint NOT NULL DEFAULT 0,
    reader uuid, reading_until timestamptz, last_read_at timestamptz,
    error_code text, error_since timestamptz)`;

const INDEXES = `
  CREATE INDEX inbound_mail_received_at_idx ON inbound_mail (received_at, id);
  CREATE INDEX inbound_mail_lead_id_idx ON inbound_mail (lead_id, received_at);
  CREATE INDEX inbound_mail_contact_id_idx ON inbound_mail (contact_id);
  CREATE INDEX inbound_mail_sender_idx ON inbound_mail (from_address, received_at);
  CREATE INDEX inbound_mail_unmatched_idx ON inbound_mail (received_at) WHERE state = 'unmatched';
  CREATE INDEX inbound_attachment_mail_id_idx ON inbound_attachment (mail_id)`;
