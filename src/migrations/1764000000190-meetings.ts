import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Meetings1764000000190 implements MigrationInterface {
  name = 'Meetings1764000000190';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await runner.query(`ALTER TABLE message ADD COLUMN invitation jsonb`);
    await runner.query(MEETING);
    await runner.query(`CREATE INDEX meeting_lead_id_starts_at_idx ON meeting (lead_id, starts_at)`);
    await runner.query(`CREATE INDEX meeting_starts_at_id_idx ON meeting (starts_at, id)`);
    await runner.query(`CREATE INDEX meeting_contact_id_idx ON meeting (contact_id)`);
    await runner.query(OFFICER_HOURS);
    await runner.query(OFFICER_ABSENCE);
    await runner.query(`CREATE INDEX officer_absence_user_id_idx ON officer_absence (user_id, from_day)`);
    await runner.query(
      `SELECT audit_watch('meeting'), audit_watch('officer_hours'), audit_watch('officer_absence')`,
    );
    await runner.query(`SELECT live_watch('meeting', 'lead_id', NULL, 'true')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE officer_absence; DROP TABLE officer_hours; DROP TABLE meeting`);
    await runner.query(`DROP FUNCTION live_note_meeting()`);
    await runner.query(`ALTER TABLE message DROP COLUMN invitation`);
  }
}

/** No officer is in two places at once, whoever writes the row. */
const MEETING = `
  CREATE TABLE meeting (
    id uuid NOT NULL CONSTRAINT meeting_pkey PRIMARY KEY,
    lead_id uuid NOT NULL CONSTRAINT meeting_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
    contact_id uuid CONSTRAINT meeting_contact_id_fkey REFERENCES contact (id) ON DELETE SET NULL,
    officer_id uuid NOT NULL CONSTRAINT meeting_officer_id_fkey REFERENCES app_user (id),
    cluster_id uuid CONSTRAINT meeting_cluster_id_fkey REFERENCES cluster (id) ON DELETE SET NULL,
    kind text NOT NULL CONSTRAINT meeting_kind_check CHECK (kind IN ('site_visit', 'meeting', 'call')),
    starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
    place text, language text NOT NULL CONSTRAINT meeting_language_check CHECK (language IN ('vi', 'en', 'zh')),
    note text,
    status text NOT NULL DEFAULT 'booked' CONSTRAINT meeting_status_check
      CHECK (status IN ('booked', 'cancelled', 'held', 'no_show')),
    booked_by text NOT NULL CONSTRAINT meeting_booked_by_check CHECK (booked_by IN ('investor', 'officer')),
    cancelled_by text CONSTRAINT meeting_cancelled_by_check CHECK (cancelled_by IN ('investor', 'officer', 'system')),
    cancel_reason text,
    ics_uid text NOT NULL CONSTRAINT meeting_ics_uid_key UNIQUE,
    ics_sequence int NOT NULL DEFAULT 0,
    activity_id uuid, agreed_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT meeting_times_check CHECK (ends_at > starts_at),
    CONSTRAINT meeting_officer_free_excl EXCLUDE USING gist
      (officer_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'booked'))`;

const OFFICER_HOURS = `
  CREATE TABLE officer_hours (
    id uuid NOT NULL CONSTRAINT officer_hours_pkey PRIMARY KEY
      CONSTRAINT officer_hours_id_fkey REFERENCES app_user (id) ON DELETE CASCADE,
    weekly jsonb NOT NULL,
    visit_minutes int NOT NULL CONSTRAINT officer_hours_visit_minutes_check CHECK (visit_minutes BETWEEN 15 AND 480),
    notice_working_days int NOT NULL CONSTRAINT officer_hours_notice_check CHECK (notice_working_days BETWEEN 0 AND 30),
    horizon_working_days int NOT NULL CONSTRAINT officer_hours_horizon_check CHECK (horizon_working_days BETWEEN 1 AND 60),
    version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`;

const OFFICER_ABSENCE = `
  CREATE TABLE officer_absence (
    id uuid NOT NULL CONSTRAINT officer_absence_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT officer_absence_user_id_fkey REFERENCES app_user (id) ON DELETE CASCADE,
    from_day date NOT NULL, to_day date NOT NULL, reason text,
    version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT officer_absence_days_check CHECK (to_day >= from_day))`;
