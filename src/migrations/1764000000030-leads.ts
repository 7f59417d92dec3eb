import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Leads1764000000030 implements MigrationInterface {
  name = 'Leads1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      PIPELINE,
      PIPELINE_STAGE,
      REFERENCE,
      LEAD,
      ...LEAD_INDEXES,
      ...LINKS,
      ...HISTORY,
    ])
      await runner.query(statement);
    await runner.query(`SELECT audit_watch('pipeline'), audit_watch('pipeline_stage')`);
    for (const statement of LEAD_AUDIT) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE timeline_entry, activity, lead_stage_change, lead_helper, lead_partner, lead_cluster, lead, pipeline_stage, pipeline`,
    );
    await runner.query(`DROP FUNCTION next_lead_reference(int); DROP SEQUENCE lead_reference_seq`);
  }
}

const PIPELINE = `
CREATE TABLE pipeline (
  kind text CONSTRAINT pipeline_pkey PRIMARY KEY,
  name_vi text NOT NULL, name_en text NOT NULL,
  CONSTRAINT pipeline_kind_check CHECK (kind IN ('infrastructure', 'secondary')))`;

const PIPELINE_STAGE = `
CREATE TABLE pipeline_stage (
  id uuid CONSTRAINT pipeline_stage_pkey PRIMARY KEY,
  kind text NOT NULL CONSTRAINT pipeline_stage_kind_fkey REFERENCES pipeline (kind),
  code text NOT NULL, name_vi text NOT NULL, name_en text NOT NULL, position int NOT NULL,
  needs_evidence boolean NOT NULL, needs_cluster boolean NOT NULL, stale_after_days int, is_final boolean NOT NULL,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT pipeline_stage_kind_code_key UNIQUE (kind, code),
  CONSTRAINT pipeline_stage_kind_position_key UNIQUE (kind, position),
  CONSTRAINT pipeline_stage_stale_after_days_check CHECK (stale_after_days BETWEEN 1 AND 3650))`;

/** `lpad` would cut the millionth reference short. */
const REFERENCE = `
CREATE SEQUENCE lead_reference_seq;
CREATE FUNCTION next_lead_reference(of_year int) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'CH-' || of_year || '-' || lpad(n::text, greatest(6, length(n::text)), '0') FROM nextval('lead_reference_seq') AS n
$$`;

const LEAD = `
CREATE TABLE lead (
  id uuid CONSTRAINT lead_pkey PRIMARY KEY,
  reference text NOT NULL CONSTRAINT lead_reference_key UNIQUE,
  firm_id uuid NOT NULL CONSTRAINT lead_firm_id_fkey REFERENCES firm (id),
  kind text NOT NULL, stage text NOT NULL,
  owner_id uuid CONSTRAINT lead_owner_id_fkey REFERENCES app_user (id),
  primary_contact_id uuid CONSTRAINT lead_primary_contact_id_fkey REFERENCES contact (id) ON DELETE SET NULL,
  source text NOT NULL, source_round_id uuid, summary text, sector text,
  area_ha numeric(10,2), jobs_promised int, jobs_delivered int,
  committed_amount numeric(20,2), committed_currency char(3),
  registered_amount numeric(20,2), registered_currency char(3),
  disbursed_amount numeric(20,2), disbursed_currency char(3),
  next_action text, next_action_at timestamptz,
  stage_since timestamptz NOT NULL, opened_at timestamptz NOT NULL, last_activity_at timestamptz NOT NULL,
  acknowledged_at timestamptz, answered_at timestamptz, last_answer text, last_answer_at timestamptz,
  lost_reason text, lost_to text, wake_on date, stage_before_exit text,
  sample boolean NOT NULL DEFAULT false, version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
  CONSTRAINT lead_kind_check CHECK (kind IN ('infrastructure', 'secondary')),
  CONSTRAINT lead_source_check CHECK (source IN ('enquiry', 'round', 'officer', 'import')),
  CONSTRAINT lead_last_answer_check CHECK (last_answer IN ('interested', 'call_me', 'visit', 'not_now', 'not_interested')),
  CONSTRAINT lead_wake_on_check CHECK (stage <> 'dormant' OR wake_on IS NOT NULL),
  CONSTRAINT lead_lost_reason_check CHECK (stage <> 'lost' OR lost_reason IS NOT NULL),
  CONSTRAINT lead_stage_before_exit_check CHECK ((stage IN ('lost', 'dormant')) = (stage_before_exit IS NOT NULL)),
  CONSTRAINT lead_area_ha_check CHECK (area_ha >= 0),
  CONSTRAINT lead_jobs_check CHECK (jobs_promised >= 0 AND jobs_delivered >= 0),
  CONSTRAINT lead_committed_check CHECK ((committed_amount IS NULL) = (committed_currency IS NULL) AND committed_amount >= 0),
  CONSTRAINT lead_registered_check CHECK ((registered_amount IS NULL) = (registered_currency IS NULL) AND registered_amount >= 0),
  CONSTRAINT lead_disbursed_check CHECK ((disbursed_amount IS NULL) = (disbursed_currency IS NULL) AND disbursed_amount >= 0))`;

/** Each list order has its narrow index; the id ends it, so that a page is one range of it. */
const LEAD_INDEXES = [
  `CREATE INDEX lead_last_activity_at_idx ON lead (last_activity_at, id)`,
  `CREATE INDEX lead_kind_last_activity_at_idx ON lead (kind, last_activity_at, id)`,
  `CREATE INDEX lead_stage_last_activity_at_idx ON lead (stage, last_activity_at, id)`,
  `CREATE INDEX lead_owner_id_last_activity_at_idx ON lead (owner_id, last_activity_at, id)`,
  `CREATE INDEX lead_created_at_idx ON lead (created_at, id)`,
  `CREATE INDEX lead_stage_since_idx ON lead (stage_since, id)`,
  `CREATE INDEX lead_next_action_at_idx ON lead (coalesce(next_action_at, 'infinity'::timestamptz), id)`,
  `CREATE INDEX lead_owner_id_next_action_at_idx ON lead (owner_id, coalesce(next_action_at, 'infinity'::timestamptz), id)`,
  `CREATE INDEX lead_unanswered_idx ON lead (last_activity_at, id) WHERE source = 'enquiry' AND answered_at IS NULL`,
  `CREATE INDEX lead_firm_id_idx ON lead (firm_id, kind)`,
  `CREATE INDEX lead_primary_contact_id_idx ON lead (primary_contact_id)`,
  `CREATE INDEX lead_source_round_id_idx ON lead (source_round_id) WHERE source_round_id IS NOT NULL`,
  `CREATE INDEX lead_wake_on_idx ON lead (wake_on) WHERE stage = 'dormant'`,
];

const LINKS = [
  `CREATE TABLE lead_cluster (
     lead_id uuid NOT NULL CONSTRAINT lead_cluster_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     cluster_id uuid NOT NULL CONSTRAINT lead_cluster_cluster_id_fkey REFERENCES cluster (id),
     position int NOT NULL, CONSTRAINT lead_cluster_pkey PRIMARY KEY (lead_id, cluster_id))`,
  `CREATE INDEX lead_cluster_cluster_id_idx ON lead_cluster (cluster_id, lead_id)`,
  `CREATE TABLE lead_partner (
     lead_id uuid NOT NULL CONSTRAINT lead_partner_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     firm_id uuid NOT NULL CONSTRAINT lead_partner_firm_id_fkey REFERENCES firm (id),
     CONSTRAINT lead_partner_pkey PRIMARY KEY (lead_id, firm_id))`,
  `CREATE INDEX lead_partner_firm_id_idx ON lead_partner (firm_id)`,
  `CREATE TABLE lead_helper (
     lead_id uuid NOT NULL CONSTRAINT lead_helper_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     user_id uuid NOT NULL CONSTRAINT lead_helper_user_id_fkey REFERENCES app_user (id),
     CONSTRAINT lead_helper_pkey PRIMARY KEY (lead_id, user_id))`,
  `CREATE INDEX lead_helper_user_id_idx ON lead_helper (user_id)`,
];

const HISTORY = [
  `CREATE TABLE lead_stage_change (
     id uuid CONSTRAINT lead_stage_change_pkey PRIMARY KEY,
     lead_id uuid NOT NULL CONSTRAINT lead_stage_change_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     from_stage text, to_stage text NOT NULL, on_day date NOT NULL, note text, evidence jsonb,
     lost_reason text, lost_to text, wake_on date,
     actor_id uuid CONSTRAINT lead_stage_change_actor_id_fkey REFERENCES app_user (id),
     recorded_at timestamptz NOT NULL)`,
  `CREATE INDEX lead_stage_change_lead_id_idx ON lead_stage_change (lead_id, recorded_at, id)`,
  `CREATE INDEX lead_stage_change_to_stage_idx ON lead_stage_change (to_stage, on_day)`,
  `CREATE TABLE activity (
     id uuid CONSTRAINT activity_pkey PRIMARY KEY,
     lead_id uuid NOT NULL CONSTRAINT activity_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     contact_id uuid CONSTRAINT activity_contact_id_fkey REFERENCES contact (id) ON DELETE SET NULL,
     kind text NOT NULL, happened_at timestamptz NOT NULL, subject text NOT NULL, body text, outcome text,
     by_user_id uuid CONSTRAINT activity_by_user_id_fkey REFERENCES app_user (id), created_at timestamptz NOT NULL,
     CONSTRAINT activity_kind_check CHECK (kind IN ('call', 'meeting', 'visit', 'email', 'note')))`,
  `CREATE INDEX activity_lead_id_idx ON activity (lead_id, happened_at, id)`,
  `CREATE INDEX activity_by_user_id_idx ON activity (by_user_id, happened_at)`,
  `CREATE TABLE timeline_entry (
     id uuid CONSTRAINT timeline_entry_pkey PRIMARY KEY,
     lead_id uuid NOT NULL CONSTRAINT timeline_entry_lead_id_fkey REFERENCES lead (id) ON DELETE CASCADE,
     at timestamptz NOT NULL, kind text NOT NULL, actor_kind text NOT NULL, actor_id uuid, actor_name text NOT NULL,
     ref_type text, ref_id uuid, data jsonb NOT NULL)`,
  `CREATE INDEX timeline_entry_lead_id_idx ON timeline_entry (lead_id, at, id)`,
];

/** As `audit_watch`, but a mere touch of `last_activity_at`, which leaves the version alone, is no change. */
const LEAD_AUDIT = [
  `CREATE TRIGGER lead_audit AFTER INSERT OR DELETE ON lead FOR EACH ROW EXECUTE FUNCTION audit_row()`,
  `CREATE TRIGGER lead_audit_change AFTER UPDATE ON lead FOR EACH ROW
     WHEN (OLD.version <> NEW.version OR OLD.last_activity_at IS NOT DISTINCT FROM NEW.last_activity_at)
     EXECUTE FUNCTION audit_row()`,
];
