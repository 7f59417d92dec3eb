import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowUp1764000000050 implements MigrationInterface {
  name = 'FollowUp1764000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLAN);
    await runner.query(
      `CREATE UNIQUE INDEX follow_up_plan_is_default_key ON follow_up_plan (is_default) WHERE is_default`,
    );
    await runner.query(STEP);
    await runner.query(`CREATE INDEX follow_up_step_template_id_idx ON follow_up_step (template_id)`);
    await runner.query(SEQUENCE);
    for (const column of ['round_id', 'contact_id', 'plan_version_id']) {
      await runner.query(`CREATE INDEX follow_up_sequence_${column}_idx ON follow_up_sequence (${column})`);
    }
    await runner.query(
      `CREATE INDEX follow_up_sequence_unchecked_idx ON follow_up_sequence (anchor_at) WHERE service_checked_at IS NULL`,
    );
    await runner.query(REMINDER);
    for (const index of REMINDER_INDEXES) await runner.query(index);
    for (const table of ['follow_up_plan', 'follow_up_plan_version', 'follow_up_step']) {
      await runner.query(`SELECT audit_watch('${table}')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE reminder; DROP TABLE follow_up_sequence`);
    await runner.query(
      `DROP TABLE follow_up_step; DROP TABLE follow_up_plan_version; DROP TABLE follow_up_plan`,
    );
  }
}

const PLAN = `
  CREATE TABLE follow_up_plan (
    id uuid NOT NULL CONSTRAINT follow_up_plan_pkey PRIMARY KEY,
    code text NOT NULL CONSTRAINT follow_up_plan_code_key UNIQUE,
    name text NOT NULL, current_version int NOT NULL, is_default boolean NOT NULL DEFAULT false,
    archived_at timestamptz, version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
  CREATE TABLE follow_up_plan_version (
    id uuid NOT NULL CONSTRAINT follow_up_plan_version_pkey PRIMARY KEY,
    plan_id uuid NOT NULL CONSTRAINT follow_up_plan_version_plan_id_fkey REFERENCES follow_up_plan (id),
    number int NOT NULL, stop_stages jsonb NOT NULL, created_at timestamptz NOT NULL,
    CONSTRAINT follow_up_plan_version_plan_id_number_key UNIQUE (plan_id, number))`;

const STEP = `
  CREATE TABLE follow_up_step (
    id uuid NOT NULL CONSTRAINT follow_up_step_pkey PRIMARY KEY,
    plan_version_id uuid NOT NULL CONSTRAINT follow_up_step_plan_version_id_fkey REFERENCES follow_up_plan_version (id),
    key text NOT NULL, position int NOT NULL,
    offset_amount int NOT NULL CONSTRAINT follow_up_step_offset_amount_check CHECK (offset_amount BETWEEN 0 AND 730),
    offset_unit text NOT NULL CONSTRAINT follow_up_step_offset_unit_check CHECK (offset_unit IN ('working_day', 'day')),
    channel text NOT NULL CONSTRAINT follow_up_step_channel_check
      CHECK (channel IN ('investor_email', 'officer_task', 'manager_escalation')),
    template_id uuid CONSTRAINT follow_up_step_template_id_fkey REFERENCES template (id),
    title_vi text NOT NULL, title_en text NOT NULL, condition jsonb NOT NULL,
    CONSTRAINT follow_up_step_plan_version_id_key_key UNIQUE (plan_version_id, key),
    CONSTRAINT follow_up_step_template_id_check CHECK (channel <> 'investor_email' OR template_id IS NOT NULL))`;

const SEQUENCE = `
  CREATE TABLE follow_up_sequence (
    id uuid NOT NULL CONSTRAINT follow_up_sequence_pkey PRIMARY KEY,
    lead_id uuid NOT NULL CONSTRAINT follow_up_sequence_lead_id_fkey REFERENCES lead (id),
    round_id uuid NOT NULL, round_name text NOT NULL,
    contact_id uuid CONSTRAINT follow_up_sequence_contact_id_fkey REFERENCES contact (id),
    plan_version_id uuid NOT NULL
      CONSTRAINT follow_up_sequence_plan_version_id_fkey REFERENCES follow_up_plan_version (id),
    anchor_at timestamptz NOT NULL, started_at timestamptz NOT NULL,
    attendance text NOT NULL CONSTRAINT follow_up_sequence_attendance_check CHECK (attendance IN ('attended', 'no_show')),
    has_cluster_interest boolean NOT NULL,
    status text NOT NULL DEFAULT 'running' CONSTRAINT follow_up_sequence_status_check
      CHECK (status IN ('running', 'paused', 'completed', 'stopped')),
    stop_reason text, stopped_at timestamptz, service_checked_at timestamptz,
    CONSTRAINT follow_up_sequence_lead_id_round_id_key UNIQUE (lead_id, round_id),
    CONSTRAINT follow_up_sequence_stop_reason_check CHECK ((status = 'stopped') = (stop_reason IS NOT NULL)))`;

const REMINDER = `
  CREATE TABLE reminder (
    id uuid NOT NULL CONSTRAINT reminder_pkey PRIMARY KEY,
    sequence_id uuid CONSTRAINT reminder_sequence_id_fkey REFERENCES follow_up_sequence (id),
    step_id uuid CONSTRAINT reminder_step_id_fkey REFERENCES follow_up_step (id),
    step_key text NOT NULL,
    lead_id uuid NOT NULL CONSTRAINT reminder_lead_id_fkey REFERENCES lead (id),
    round_id uuid,
    contact_id uuid CONSTRAINT reminder_contact_id_fkey REFERENCES contact (id),
    owner_id uuid CONSTRAINT reminder_owner_id_fkey REFERENCES app_user (id),
    channel text NOT NULL CONSTRAINT reminder_channel_check
      CHECK (channel IN ('investor_email', 'officer_task', 'manager_escalation')),
    title_vi text NOT NULL, title_en text NOT NULL,
    due_at timestamptz NOT NULL, original_due_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'pending' CONSTRAINT reminder_status_check
      CHECK (status IN ('pending', 'open', 'sent', 'done', 'skipped', 'stopped', 'cancelled')),
    reason text,
    message_id uuid CONSTRAINT reminder_message_id_fkey REFERENCES message (id),
    dispatched_at timestamptz, closed_at timestamptz,
    closed_by uuid CONSTRAINT reminder_closed_by_fkey REFERENCES app_user (id),
    outcome text, note text, escalated_at timestamptz, snooze_count int NOT NULL DEFAULT 0,
    version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT reminder_lead_id_round_id_step_key_key UNIQUE (lead_id, round_id, step_key),
    CONSTRAINT reminder_reason_check CHECK (status NOT IN ('skipped', 'stopped', 'cancelled') OR reason IS NOT NULL))`;

const REMINDER_INDEXES = [
  `CREATE UNIQUE INDEX reminder_lead_id_step_key_key ON reminder (lead_id, step_key) WHERE round_id IS NULL`,
  `CREATE INDEX reminder_due_idx ON reminder (due_at, id) WHERE status = 'pending'`,
  `CREATE INDEX reminder_owner_idx ON reminder (owner_id, due_at, id) WHERE status IN ('pending', 'open')`,
  `CREATE INDEX reminder_overdue_idx ON reminder (due_at) WHERE status = 'open' AND escalated_at IS NULL AND channel = 'officer_task'`,
  `CREATE INDEX reminder_sequence_id_idx ON reminder (sequence_id)`,
  `CREATE INDEX reminder_round_id_idx ON reminder (round_id, status)`,
  `CREATE INDEX reminder_message_id_idx ON reminder (message_id) WHERE message_id IS NOT NULL`,
];
