import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Case1764000000200 implements MigrationInterface {
  name = 'Case1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DOCUMENTS, ...OBSTACLES, ...CASES]) await runner.query(statement);
    for (const table of ['lead_document', 'obstacle']) {
      await runner.query(`SELECT audit_watch($1)`, [table]);
      await runner.query(`SELECT live_watch($1, 'lead_id', NULL, 'true')`, [table]);
    }
    await runner.query(`SELECT audit_watch('investor_case')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['case_email_change', 'case_session', 'case_link', 'investor_case'])
      await runner.query(`DROP TABLE ${table}`);
    for (const table of ['obstacle', 'lead_document']) {
      await runner.query(`DROP TABLE ${table}`);
      await runner.query(`DROP FUNCTION live_note_${table}() CASCADE`);
    }
  }
}

const DOCUMENTS = [
  `CREATE TABLE lead_document (
    id uuid NOT NULL CONSTRAINT lead_document_pkey PRIMARY KEY,
    lead_id uuid NOT NULL CONSTRAINT lead_document_lead_id_fkey REFERENCES lead ON DELETE CASCADE,
    file_id uuid CONSTRAINT lead_document_file_id_fkey REFERENCES stored_file ON DELETE SET NULL,
    contact_id uuid CONSTRAINT lead_document_contact_id_fkey REFERENCES contact,
    direction text NOT NULL CONSTRAINT lead_document_direction_check CHECK (direction IN ('from_investor', 'to_investor')),
    title text NOT NULL, note text,
    shared_with_investor boolean NOT NULL,
    added_by_id uuid CONSTRAINT lead_document_added_by_id_fkey REFERENCES app_user,
    added_at timestamptz NOT NULL, removed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT lead_document_shared_check CHECK (NOT shared_with_investor OR contact_id IS NOT NULL))`,
  `CREATE INDEX lead_document_lead_id_idx ON lead_document (lead_id, added_at, id)`,
  `CREATE INDEX lead_document_contact_id_idx ON lead_document (contact_id) WHERE contact_id IS NOT NULL`,
];

const OBSTACLES = [
  `CREATE TABLE obstacle (
    id uuid NOT NULL CONSTRAINT obstacle_pkey PRIMARY KEY,
    lead_id uuid NOT NULL CONSTRAINT obstacle_lead_id_fkey REFERENCES lead ON DELETE CASCADE,
    cluster_id uuid CONSTRAINT obstacle_cluster_id_fkey REFERENCES cluster ON DELETE SET NULL,
    contact_id uuid CONSTRAINT obstacle_contact_id_fkey REFERENCES contact,
    category text NOT NULL CONSTRAINT obstacle_category_check CHECK (category IN (
      'land_clearance', 'planning', 'procedure', 'infrastructure', 'environment', 'labour', 'finance', 'other')),
    title text NOT NULL, description text,
    status text NOT NULL CONSTRAINT obstacle_status_check CHECK (status IN ('open', 'in_progress', 'resolved', 'withdrawn')),
    owner_id uuid CONSTRAINT obstacle_owner_id_fkey REFERENCES app_user,
    due_at timestamptz NOT NULL, acknowledged_at timestamptz,
    raised_by text NOT NULL CONSTRAINT obstacle_raised_by_check CHECK (raised_by IN ('investor', 'officer')),
    visible_to_investor boolean NOT NULL, answer text, resolved_at timestamptz,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    CONSTRAINT obstacle_visible_check CHECK (NOT visible_to_investor OR contact_id IS NOT NULL),
    CONSTRAINT obstacle_resolved_check CHECK ((status = 'resolved') = (resolved_at IS NOT NULL)))`,
  `CREATE INDEX obstacle_lead_id_idx ON obstacle (lead_id, created_at)`,
  `CREATE INDEX obstacle_due_at_idx ON obstacle (due_at, id)`,
  `CREATE INDEX obstacle_owner_id_due_at_idx ON obstacle (owner_id, due_at, id)`,
  `CREATE INDEX obstacle_contact_id_idx ON obstacle (contact_id) WHERE contact_id IS NOT NULL`,
];

const CASES = [
  `CREATE TABLE investor_case (
    id uuid NOT NULL CONSTRAINT investor_case_pkey PRIMARY KEY,
    lead_id uuid NOT NULL CONSTRAINT investor_case_lead_id_fkey REFERENCES lead ON DELETE CASCADE,
    contact_id uuid NOT NULL CONSTRAINT investor_case_contact_id_fkey REFERENCES contact ON DELETE CASCADE,
    last_visit_at timestamptz, closed_at timestamptz, created_at timestamptz NOT NULL,
    CONSTRAINT investor_case_lead_id_contact_id_key UNIQUE (lead_id, contact_id))`,
  `CREATE INDEX investor_case_contact_id_idx ON investor_case (contact_id)`,
  `CREATE TABLE case_link (
    hash text NOT NULL CONSTRAINT case_link_pkey PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT case_link_case_id_fkey REFERENCES investor_case ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT case_link_kind_check CHECK (kind IN ('message', 'fresh')),
    created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz, press_hash text)`,
  `CREATE INDEX case_link_case_id_created_at_idx ON case_link (case_id, created_at)`,
  `CREATE TABLE case_session (
    hash text NOT NULL CONSTRAINT case_session_pkey PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT case_session_case_id_fkey REFERENCES investor_case ON DELETE CASCADE,
    created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz)`,
  `CREATE INDEX case_session_case_id_idx ON case_session (case_id)`,
  `CREATE TABLE case_email_change (
    id uuid NOT NULL CONSTRAINT case_email_change_pkey PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT case_email_change_case_id_fkey REFERENCES investor_case ON DELETE CASCADE,
    email text NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz)`,
  `CREATE INDEX case_email_change_case_id_idx ON case_email_change (case_id, created_at)`,
];
