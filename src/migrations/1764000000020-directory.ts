import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Directory1764000000020 implements MigrationInterface {
  name = 'Directory1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...PLACES, ...CLUSTERS, ...TARGETS, ...FIRMS, ...CONTACTS, ...CONSENTS])
      await runner.query(statement);
    for (const table of WATCHED) await runner.query(`SELECT audit_watch('${table}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consent, contact, firm, plan_figure, target_value, target, cluster_fact, cluster_milestone,
                 cluster_status_change, cluster_commune, cluster, commune, planning_district`);
    await runner.query(`DROP FUNCTION refuse_change()`);
  }
}

const WATCHED = ['cluster', 'cluster_milestone', 'cluster_fact', 'target', 'target_value', 'firm', 'contact'];

const PLACES = [
  `CREATE TABLE planning_district (
     id uuid NOT NULL CONSTRAINT planning_district_pkey PRIMARY KEY,
     code text NOT NULL CONSTRAINT planning_district_code_key UNIQUE,
     name text NOT NULL, position int NOT NULL, valid_to date)`,
  `CREATE TABLE commune (
     id uuid NOT NULL CONSTRAINT commune_pkey PRIMARY KEY,
     name text NOT NULL,
     kind text NOT NULL CONSTRAINT commune_kind_check CHECK (kind IN ('commune', 'ward', 'township')),
     planning_district_id uuid NOT NULL CONSTRAINT commune_planning_district_id_fkey REFERENCES planning_district,
     valid_from date, valid_to date,
     successor_id uuid CONSTRAINT commune_successor_id_fkey REFERENCES commune,
     source text NOT NULL,
     CONSTRAINT commune_valid_check CHECK (valid_from <= valid_to))`,
  `CREATE INDEX commune_planning_district_id_idx ON commune (planning_district_id)`,
];

const CLUSTERS = [
  `CREATE TABLE cluster (
     id uuid NOT NULL CONSTRAINT cluster_pkey PRIMARY KEY,
     code text NOT NULL CONSTRAINT cluster_code_key UNIQUE,
     name text NOT NULL,
     planning_district_id uuid NOT NULL CONSTRAINT cluster_planning_district_id_fkey REFERENCES planning_district,
     area_ha numeric(10,2) CONSTRAINT cluster_area_ha_check CHECK (area_ha > 0),
     industrial_land_ha numeric(10,2), occupied_ha numeric(10,2), leased_ha numeric(10,2),
     land_as_of date, land_source text,
     status text NOT NULL CONSTRAINT cluster_status_check CHECK (status IN
       ('planned', 'calling_for_investor', 'dossier_filed', 'established', 'under_construction', 'operating', 'dropped')),
     status_since date, established_by text, sectors text[] NOT NULL,
     summary_vi text, summary_en text, summary_zh text,
     is_public boolean NOT NULL, source text NOT NULL,
     version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
     CONSTRAINT cluster_industrial_land_ha_check CHECK (industrial_land_ha BETWEEN 0 AND area_ha),
     CONSTRAINT cluster_occupied_ha_check CHECK (occupied_ha BETWEEN 0 AND industrial_land_ha),
     CONSTRAINT cluster_leased_ha_check CHECK (leased_ha BETWEEN 0 AND occupied_ha))`,
  `CREATE INDEX cluster_planning_district_id_idx ON cluster (planning_district_id)`,
  `CREATE TABLE cluster_commune (
     cluster_id uuid NOT NULL CONSTRAINT cluster_commune_cluster_id_fkey REFERENCES cluster ON DELETE CASCADE,
     commune_id uuid NOT NULL CONSTRAINT cluster_commune_commune_id_fkey REFERENCES commune,
     position int NOT NULL,
     CONSTRAINT cluster_commune_pkey PRIMARY KEY (cluster_id, commune_id))`,
  `CREATE INDEX cluster_commune_commune_id_idx ON cluster_commune (commune_id)`,
  `CREATE TABLE cluster_status_change (
     id uuid NOT NULL CONSTRAINT cluster_status_change_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_status_change_cluster_id_fkey REFERENCES cluster,
     from_status text, to_status text NOT NULL, on_day date, decision_number text, source text NOT NULL, note text,
     actor_id uuid, actor_name text NOT NULL, recorded_at timestamptz NOT NULL)`,
  `CREATE INDEX cluster_status_change_cluster_id_idx ON cluster_status_change (cluster_id, id)`,
  `CREATE TABLE cluster_milestone (
     id uuid NOT NULL CONSTRAINT cluster_milestone_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_milestone_cluster_id_fkey REFERENCES cluster,
     kind text NOT NULL CONSTRAINT cluster_milestone_kind_check CHECK (kind IN
       ('detailed_plan_approved', 'land_cleared', 'ground_broken', 'wastewater_works', 'fire_protection_works', 'infrastructure_complete')),
     on_day date, decision_number text, source text NOT NULL, note text,
     version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`,
  `CREATE INDEX cluster_milestone_cluster_id_idx ON cluster_milestone (cluster_id)`,
  `CREATE TABLE cluster_fact (
     id uuid NOT NULL CONSTRAINT cluster_fact_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_fact_cluster_id_fkey REFERENCES cluster,
     field text NOT NULL CONSTRAINT cluster_fact_field_check CHECK (field IN
       ('name', 'location', 'area', 'industrial_land', 'occupied_land', 'leased_land', 'status', 'capital', 'developer', 'completion', 'other')),
     value text NOT NULL, source text NOT NULL, as_of date, note text, created_at timestamptz NOT NULL)`,
  `CREATE INDEX cluster_fact_cluster_id_idx ON cluster_fact (cluster_id)`,
];

const TARGETS = [
  `CREATE TABLE target (
     id uuid NOT NULL CONSTRAINT target_pkey PRIMARY KEY,
     code text NOT NULL CONSTRAINT target_code_key UNIQUE,
     position int NOT NULL, name_vi text NOT NULL, name_en text NOT NULL,
     unit text NOT NULL CONSTRAINT target_unit_check CHECK (unit IN
       ('percent_per_year', 'percent', 'clusters', 'planning_districts', 'percent_of_clusters')),
     min_value numeric(12,2) NOT NULL, max_value numeric(12,2), of_value numeric(12,2), due date NOT NULL,
     measured_by text NOT NULL CONSTRAINT target_measured_by_check CHECK (measured_by IN ('clusters', 'hand')),
     source text NOT NULL, conflict text,
     version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
     CONSTRAINT target_max_value_check CHECK (max_value >= min_value))`,
  `CREATE TABLE target_value (
     id uuid NOT NULL CONSTRAINT target_value_pkey PRIMARY KEY,
     target_id uuid NOT NULL CONSTRAINT target_value_target_id_fkey REFERENCES target,
     value numeric(12,2) NOT NULL, as_of date NOT NULL, source text NOT NULL, note text, created_at timestamptz NOT NULL)`,
  `CREATE INDEX target_value_target_id_as_of_idx ON target_value (target_id, as_of)`,
  `CREATE TABLE plan_figure (
     id uuid NOT NULL CONSTRAINT plan_figure_pkey PRIMARY KEY,
     code text NOT NULL CONSTRAINT plan_figure_code_key UNIQUE,
     position int NOT NULL, name_vi text NOT NULL, name_en text NOT NULL,
     count int, of_count int, area_ha numeric(10,2), approximate boolean NOT NULL, source text NOT NULL, conflict text)`,
];

const FIRMS = [
  `CREATE TABLE firm (
     id uuid NOT NULL CONSTRAINT firm_pkey PRIMARY KEY,
     name text NOT NULL, short_name text,
     tax_code text CONSTRAINT firm_tax_code_key UNIQUE
       CONSTRAINT firm_tax_code_check CHECK (tax_code ~ '^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$'),
     country char(2) NOT NULL CONSTRAINT firm_country_check CHECK (country ~ '^[A-Z]{2}$'),
     sectors text[] NOT NULL, website text,
     email text CONSTRAINT firm_email_check CHECK (email = lower(email)),
     phone text, address text, developer_capacity text, developed_area_ha numeric(10,2), note text,
     sample boolean NOT NULL DEFAULT false,
     version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
     search text GENERATED ALWAYS AS (fold(' ' || name || coalesce(' ' || short_name, '') || coalesce(' ' || tax_code, '')
       || coalesce(' ' || email || ' ' || split_part(email, '@', 2), '') || coalesce(' ' || phone, ''))) STORED)`,
  `CREATE INDEX firm_search_idx ON firm USING gin (search gin_trgm_ops)`,
  `CREATE INDEX firm_name_idx ON firm (fold(name), id)`,
  `CREATE INDEX firm_sectors_idx ON firm USING gin (sectors)`,
  `CREATE INDEX firm_tax_code_base_idx ON firm (left(tax_code, 10))`,
  `CREATE INDEX firm_email_domain_idx ON firm (split_part(email, '@', 2))`,
  `CREATE INDEX firm_phone_idx ON firm (phone)`,
  `CREATE INDEX firm_email_idx ON firm (email)`,
  `CREATE INDEX firm_created_at_idx ON firm (created_at, id)`,
];

const CONTACTS = [
  `CREATE TABLE contact (
     id uuid NOT NULL CONSTRAINT contact_pkey PRIMARY KEY,
     firm_id uuid NOT NULL CONSTRAINT contact_firm_id_fkey REFERENCES firm,
     full_name text NOT NULL, title text,
     email text CONSTRAINT contact_email_check CHECK (email = lower(email)),
     phone text,
     language text NOT NULL CONSTRAINT contact_language_check CHECK (language IN ('vi', 'en', 'zh')),
     is_primary boolean NOT NULL,
     email_state text NOT NULL CONSTRAINT contact_email_state_check CHECK (email_state IN ('ok', 'bounced')),
     bounced_at timestamptz, erased_at timestamptz, sample boolean NOT NULL DEFAULT false,
     version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
     search text GENERATED ALWAYS AS (fold(' ' || full_name
       || coalesce(' ' || email || ' ' || split_part(email, '@', 2), '') || coalesce(' ' || phone, ''))) STORED,
     CONSTRAINT contact_firm_id_email_key UNIQUE (firm_id, email))`,
  `CREATE INDEX contact_search_idx ON contact USING gin (search gin_trgm_ops)`,
  `CREATE INDEX contact_full_name_idx ON contact (fold(full_name), id)`,
  `CREATE INDEX contact_email_idx ON contact (email)`,
  `CREATE INDEX contact_email_domain_idx ON contact (split_part(email, '@', 2))`,
  `CREATE INDEX contact_phone_idx ON contact (phone)`,
];

const CONSENTS = [
  `CREATE TABLE consent (
     id uuid NOT NULL CONSTRAINT consent_pkey PRIMARY KEY,
     contact_id uuid NOT NULL CONSTRAINT consent_contact_id_fkey REFERENCES contact,
     purpose text NOT NULL CONSTRAINT consent_purpose_check CHECK (purpose IN ('promotion_mail')),
     action text NOT NULL CONSTRAINT consent_action_check CHECK (action IN ('given', 'withdrawn')),
     channel text NOT NULL CONSTRAINT consent_channel_check CHECK (channel IN
       ('enquiry_form', 'officer', 'answer_page', 'opt_out_page', 'one_click', 'import')),
     evidence text, recorded_at timestamptz NOT NULL, recorded_by uuid)`,
  `CREATE INDEX consent_contact_id_idx ON consent (contact_id, purpose, recorded_at, id)`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
   END $$`,
  `CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
];
