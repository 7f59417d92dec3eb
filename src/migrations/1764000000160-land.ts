import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Land1764000000160 implements MigrationInterface {
  name = 'Land1764000000160';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...POSITION, ...TABLES]) await runner.query(statement);
    for (const table of WATCHED) await runner.query(`SELECT audit_watch('${table}')`);
    for (const [table, parent] of LIVE)
      await runner.query(`SELECT live_watch($1, NULL, $2, 'true')`, [table, parent]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table] of LIVE) await runner.query(`DROP FUNCTION live_note_${table}() CASCADE`);
    await runner.query(`DROP TABLE agency, incentive, cluster_document, cluster_utility, cluster_access`);
    await runner.query(`ALTER TABLE cluster_fact DROP COLUMN is_public`);
    await runner.query(
      `ALTER TABLE cluster DROP COLUMN latitude, DROP COLUMN longitude, DROP COLUMN position_source`,
    );
  }
}

const WATCHED = ['cluster_access', 'cluster_utility', 'cluster_document', 'incentive', 'agency'];

const LIVE: [table: string, parent: string | null][] = [
  ['cluster_access', 'cluster_id'],
  ['cluster_utility', 'cluster_id'],
  ['cluster_document', 'cluster_id'],
  ['incentive', null],
  ['agency', null],
];

/** Bounds of Viet Nam's mainland and near islands: a swapped or mistyped pair falls outside. */
const POSITION = [
  `ALTER TABLE cluster
     ADD COLUMN latitude numeric(9,6) CONSTRAINT cluster_latitude_check CHECK (latitude BETWEEN 8 AND 24),
     ADD COLUMN longitude numeric(9,6) CONSTRAINT cluster_longitude_check CHECK (longitude BETWEEN 102 AND 110),
     ADD COLUMN position_source text,
     ADD CONSTRAINT cluster_position_check CHECK (
       (latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (position_source IS NULL))`,
  `ALTER TABLE cluster_fact ADD COLUMN is_public boolean NOT NULL DEFAULT false`,
];

const STAMPS = `version int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL`;

const TABLES = [
  `CREATE TABLE cluster_access (
     id uuid NOT NULL CONSTRAINT cluster_access_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_access_cluster_id_fkey REFERENCES cluster,
     kind text NOT NULL CONSTRAINT cluster_access_kind_check CHECK (kind IN
       ('border_gate', 'expressway', 'national_road', 'provincial_road', 'railway_station', 'port', 'airport', 'city')),
     name jsonb NOT NULL,
     distance_km numeric(7,1) CONSTRAINT cluster_access_distance_km_check CHECK (distance_km >= 0),
     note jsonb, source text NOT NULL, as_of date, position int NOT NULL, ${STAMPS})`,
  `CREATE INDEX cluster_access_cluster_id_idx ON cluster_access (cluster_id)`,
  `CREATE TABLE cluster_utility (
     id uuid NOT NULL CONSTRAINT cluster_utility_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_utility_cluster_id_fkey REFERENCES cluster,
     kind text NOT NULL CONSTRAINT cluster_utility_kind_check CHECK (kind IN
       ('power', 'water', 'wastewater', 'fire_protection', 'internal_roads', 'telecom', 'gas')),
     state text NOT NULL CONSTRAINT cluster_utility_state_check CHECK (state IN
       ('available', 'under_construction', 'planned', 'missing')),
     capacity jsonb, note jsonb, source text NOT NULL, as_of date, ${STAMPS},
     CONSTRAINT cluster_utility_cluster_id_kind_key UNIQUE (cluster_id, kind))`,
  `CREATE TABLE cluster_document (
     id uuid NOT NULL CONSTRAINT cluster_document_pkey PRIMARY KEY,
     cluster_id uuid NOT NULL CONSTRAINT cluster_document_cluster_id_fkey REFERENCES cluster,
     file_id uuid NOT NULL CONSTRAINT cluster_document_file_id_fkey REFERENCES stored_file
       CONSTRAINT cluster_document_file_id_key UNIQUE,
     kind text NOT NULL CONSTRAINT cluster_document_kind_check CHECK (kind IN
       ('detailed_plan', 'establishment_decision', 'map', 'brochure', 'picture', 'price_list', 'other')),
     title jsonb NOT NULL,
     language text CONSTRAINT cluster_document_language_check CHECK (language IN ('vi', 'en', 'zh')),
     issued_on date, number text, alt jsonb, width int, height int,
     is_public boolean NOT NULL DEFAULT false, position int NOT NULL, ${STAMPS})`,
  `CREATE INDEX cluster_document_cluster_id_idx ON cluster_document (cluster_id)`,
  `CREATE TABLE incentive (
     id uuid NOT NULL CONSTRAINT incentive_pkey PRIMARY KEY,
     code text NOT NULL CONSTRAINT incentive_code_key UNIQUE,
     title jsonb NOT NULL, text jsonb NOT NULL,
     legal_document text NOT NULL, legal_article text, source_url text,
     source_grade text NOT NULL CONSTRAINT incentive_source_grade_check CHECK (source_grade IN ('law', 'secondary')),
     applies_to text NOT NULL CONSTRAINT incentive_applies_to_check CHECK (applies_to IN ('infrastructure', 'secondary', 'both')),
     scope text NOT NULL CONSTRAINT incentive_scope_check CHECK (scope IN ('all', 'districts', 'clusters')),
     planning_district_ids uuid[] NOT NULL, cluster_ids uuid[] NOT NULL,
     effective_from date NOT NULL, effective_to date,
     is_public boolean NOT NULL DEFAULT false, position int NOT NULL, ${STAMPS},
     CONSTRAINT incentive_effective_check CHECK (effective_from <= effective_to))`,
  `CREATE TABLE agency (
     id uuid NOT NULL CONSTRAINT agency_pkey PRIMARY KEY,
     only_one boolean NOT NULL DEFAULT true CONSTRAINT agency_only_one_key UNIQUE
       CONSTRAINT agency_only_one_check CHECK (only_one),
     name jsonb, address jsonb, phone text, email text, website text, working_hours jsonb,
     licence_name text NOT NULL, licence_url text NOT NULL,
     version int NOT NULL DEFAULT 1, updated_at timestamptz NOT NULL)`,
  `INSERT INTO agency (id, licence_name, licence_url, updated_at)
   VALUES ('01900000-0000-7000-8000-000000000001', 'CC BY 4.0', 'https://creativecommons.org/licenses/by/4.0/', '2026-11-24T00:00:00Z')`,
];
