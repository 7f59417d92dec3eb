import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Promotion1764000000060 implements MigrationInterface {
  name = 'Promotion1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROUND);
    await runner.query(`CREATE INDEX promotion_round_starts_on_idx ON promotion_round (starts_on, id)`);
    await runner.query(`CREATE INDEX promotion_round_owner_id_idx ON promotion_round (owner_id)`);
    await runner.query(ROUND_CLUSTER);
    await runner.query(`CREATE INDEX round_cluster_cluster_id_idx ON round_cluster (cluster_id)`);
    await runner.query(EVENT);
    await runner.query(`CREATE INDEX promotion_event_round_id_idx ON promotion_event (round_id, starts_at)`);
    await runner.query(PARTICIPATION);
    await runner.query(PARTICIPATION_KEY);
    for (const column of ['firm_id', 'lead_id', 'event_id', 'contact_id']) {
      await runner.query(`CREATE INDEX participation_${column}_idx ON participation (${column})`);
    }
    await runner.query(PARTICIPATION_CLUSTER);
    await runner.query(
      `CREATE INDEX participation_cluster_cluster_id_idx ON participation_cluster (cluster_id)`,
    );
    await runner.query(`SELECT audit_watch('promotion_round'), audit_watch('promotion_event')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE participation_cluster; DROP TABLE participation`);
    await runner.query(`DROP TABLE promotion_event; DROP TABLE round_cluster; DROP TABLE promotion_round`);
  }
}

const ROUND = `
  CREATE TABLE promotion_round (
    id uuid NOT NULL CONSTRAINT promotion_round_pkey PRIMARY KEY,
    code text NOT NULL CONSTRAINT promotion_round_code_key UNIQUE,
    name text NOT NULL,
    kind text CONSTRAINT promotion_round_kind_check CHECK (kind IN ('domestic', 'overseas', 'on_site', 'online')),
    starts_on date NOT NULL, ends_on date NOT NULL,
    budget_amount numeric(20, 2), budget_currency char(3),
    goal_firms int, goal_leads int, goal_meetings int, goal_note text,
    status text NOT NULL DEFAULT 'planned' CONSTRAINT promotion_round_status_check
      CHECK (status IN ('planned', 'running', 'closed')),
    outcome text,
    follow_up_plan_id uuid CONSTRAINT promotion_round_follow_up_plan_id_fkey REFERENCES follow_up_plan (id),
    owner_id uuid CONSTRAINT promotion_round_owner_id_fkey REFERENCES app_user (id),
    closed_at timestamptz,
    closed_by uuid CONSTRAINT promotion_round_closed_by_fkey REFERENCES app_user (id),
    sample boolean NOT NULL DEFAULT false, version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT promotion_round_ends_on_check CHECK (ends_on >= starts_on),
    CONSTRAINT promotion_round_budget_check
      CHECK ((budget_amount IS NULL) = (budget_currency IS NULL) AND budget_amount >= 0),
    CONSTRAINT promotion_round_goal_check CHECK (goal_firms >= 0 AND goal_leads >= 0 AND goal_meetings >= 0),
    CONSTRAINT promotion_round_closed_at_check CHECK ((status = 'closed') = (closed_at IS NOT NULL)))`;

const ROUND_CLUSTER = `
  CREATE TABLE round_cluster (
    round_id uuid NOT NULL CONSTRAINT round_cluster_round_id_fkey REFERENCES promotion_round (id) ON DELETE CASCADE,
    cluster_id uuid NOT NULL CONSTRAINT round_cluster_cluster_id_fkey REFERENCES cluster (id),
    CONSTRAINT round_cluster_pkey PRIMARY KEY (round_id, cluster_id))`;

const EVENT = `
  CREATE TABLE promotion_event (
    id uuid NOT NULL CONSTRAINT promotion_event_pkey PRIMARY KEY,
    round_id uuid NOT NULL CONSTRAINT promotion_event_round_id_fkey REFERENCES promotion_round (id) ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT promotion_event_kind_check
      CHECK (kind IN ('conference', 'fair', 'mission', 'meeting', 'site_visit')),
    name text NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, place text,
    version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT promotion_event_ends_at_check CHECK (ends_at >= starts_at))`;

const PARTICIPATION = `
  CREATE TABLE participation (
    id uuid NOT NULL CONSTRAINT participation_pkey PRIMARY KEY,
    round_id uuid NOT NULL CONSTRAINT participation_round_id_fkey REFERENCES promotion_round (id) ON DELETE CASCADE,
    event_id uuid CONSTRAINT participation_event_id_fkey REFERENCES promotion_event (id),
    firm_id uuid NOT NULL CONSTRAINT participation_firm_id_fkey REFERENCES firm (id),
    contact_id uuid CONSTRAINT participation_contact_id_fkey REFERENCES contact (id),
    status text NOT NULL CONSTRAINT participation_status_check
      CHECK (status IN ('invited', 'registered', 'attended', 'no_show')),
    lead_kind text NOT NULL CONSTRAINT participation_lead_kind_check CHECK (lead_kind IN ('infrastructure', 'secondary')),
    lead_id uuid CONSTRAINT participation_lead_id_fkey REFERENCES lead (id),
    note text, version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`;

/** One row per round, event, firm, person and kind of interest, those without event or person included (PostgreSQL 14). */
const PARTICIPATION_KEY = `
  CREATE UNIQUE INDEX participation_who_key ON participation (
    round_id, firm_id, lead_kind,
    coalesce(event_id, '00000000-0000-0000-0000-000000000000'),
    coalesce(contact_id, '00000000-0000-0000-0000-000000000000'))`;

const PARTICIPATION_CLUSTER = `
  CREATE TABLE participation_cluster (
    participation_id uuid NOT NULL
      CONSTRAINT participation_cluster_participation_id_fkey REFERENCES participation (id) ON DELETE CASCADE,
    cluster_id uuid NOT NULL CONSTRAINT participation_cluster_cluster_id_fkey REFERENCES cluster (id),
    CONSTRAINT participation_cluster_pkey PRIMARY KEY (participation_id, cluster_id))`;
