import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What reports showed of each lead, and from when to when, kept by triggers in the transaction of the change itself;
 * and the roll-up cells that a worker folds these versions into.
 */
export class LeadVersions1764000000230 implements MigrationInterface {
  name = 'LeadVersions1764000000230';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ZONE, VERSION, ...VERSION_INDEXES, CELL, FACTS, REFRESH, ...TRIGGERS, REBUILD])
      await runner.query(statement);
    await runner.query(`SELECT rebuild_lead_versions()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER lead_version_insert ON lead; DROP TRIGGER lead_version_change ON lead; DROP TRIGGER lead_version_delete ON lead;
      DROP TRIGGER lead_version_links ON lead_cluster; DROP TRIGGER lead_version_district ON cluster;
      DROP TRIGGER lead_version_country ON firm;
      DROP FUNCTION rebuild_lead_versions(); DROP FUNCTION note_lead_version(); DROP FUNCTION note_lead_versions();
      DROP FUNCTION refresh_lead_version(uuid); DROP VIEW lead_fact; DROP TABLE lead_cell, lead_version, report_zone`);
  }
}

/** The zone in which a month begins; the program writes it at its start. */
const ZONE = `
CREATE TABLE report_zone (one boolean CONSTRAINT report_zone_pkey PRIMARY KEY DEFAULT true, name text NOT NULL,
  CONSTRAINT report_zone_one_check CHECK (one));
INSERT INTO report_zone (name) VALUES ('Asia/Ho_Chi_Minh')`;

const FACT_COLUMNS = `kind text NOT NULL, stage text NOT NULL, owner_id uuid, source text NOT NULL, source_round_id uuid,
  country text, sector text, opened_at timestamptz NOT NULL, opened_month text NOT NULL, stage_since timestamptz NOT NULL,
  area_ha numeric(10,2), jobs_promised int,
  committed_amount numeric(20,2), committed_currency text, registered_amount numeric(20,2), registered_currency text,
  disbursed_amount numeric(20,2), disbursed_currency text,
  acknowledged_at timestamptz, answered_at timestamptz, cluster_ids uuid[] NOT NULL, planning_district_ids uuid[] NOT NULL`;

const FACT_NAMES = `kind, stage, owner_id, source, source_round_id, country, sector, opened_at, opened_month, stage_since,
  area_ha, jobs_promised, committed_amount, committed_currency, registered_amount, registered_currency,
  disbursed_amount, disbursed_currency, acknowledged_at, answered_at, cluster_ids, planning_district_ids`;

/** \`pending\`: 1 when its beginning is not folded into the cells yet, 2 when its end is not, 3 both. */
const VERSION = `
CREATE TABLE lead_version (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT lead_version_pkey PRIMARY KEY,
  lead_id uuid NOT NULL, valid_from timestamptz NOT NULL, valid_to timestamptz, pending smallint NOT NULL,
  ${FACT_COLUMNS})`;

const VERSION_INDEXES = [
  `CREATE UNIQUE INDEX lead_version_now_idx ON lead_version (lead_id) WHERE valid_to IS NULL`,
  `CREATE INDEX lead_version_lead_id_idx ON lead_version (lead_id, valid_from)`,
  `CREATE INDEX lead_version_valid_from_idx ON lead_version (valid_from)`,
  `CREATE INDEX lead_version_valid_to_idx ON lead_version (valid_to) WHERE valid_to IS NOT NULL`,
  `CREATE INDEX lead_version_pending_idx ON lead_version (id) WHERE pending <> 0`,
];

/**
 * Sums of the versions that hold now (\`month\` empty), and what each local month added to them. \`cube\` names the pair
 * of dimensions in \`k1\` and \`k2\`; an empty text stands for none.
 */
const CELL = `
CREATE TABLE lead_cell (
  cube smallint NOT NULL, month text NOT NULL, kind text NOT NULL, stage text NOT NULL, k1 text NOT NULL, k2 text NOT NULL,
  committed_currency text NOT NULL, registered_currency text NOT NULL, disbursed_currency text NOT NULL,
  n bigint NOT NULL, area_n bigint NOT NULL, area numeric NOT NULL, jobs_n bigint NOT NULL, jobs bigint NOT NULL,
  committed numeric NOT NULL, registered numeric NOT NULL, disbursed numeric NOT NULL,
  CONSTRAINT lead_cell_pkey PRIMARY KEY (cube, month, kind, stage, k1, k2, committed_currency, registered_currency, disbursed_currency))
  WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)`;

/** What a report may ask of a lead as it is now. */
const FACTS = `
CREATE VIEW lead_fact AS
SELECT l.id AS lead_id, l.kind, l.stage, l.owner_id, l.source, l.source_round_id, f.country, l.sector, l.opened_at,
       to_char(l.opened_at AT TIME ZONE z.name, 'YYYY-MM') AS opened_month, l.stage_since, l.area_ha, l.jobs_promised,
       l.committed_amount, l.committed_currency::text, l.registered_amount, l.registered_currency::text,
       l.disbursed_amount, l.disbursed_currency::text, l.acknowledged_at, l.answered_at,
       ARRAY(SELECT lc.cluster_id FROM lead_cluster lc WHERE lc.lead_id = l.id ORDER BY 1) AS cluster_ids,
       ARRAY(SELECT DISTINCT c.planning_district_id FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id
              WHERE lc.lead_id = l.id ORDER BY 1) AS planning_district_ids
  FROM lead l JOIN firm f ON f.id = l.firm_id CROSS JOIN report_zone z`;

/** The lock on the lead puts those in order who change different tables of one lead at once. */
const REFRESH = `
CREATE FUNCTION refresh_lead_version(of_lead uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
  version_id bigint; same boolean;
BEGIN
  PERFORM 1 FROM lead WHERE id = of_lead FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT v.id, (${FACT_NAMES.split(',')
    .map((name) => `v.${name.trim()}`)
    .join(', ')}) IS NOT DISTINCT FROM (${FACT_NAMES.split(',')
    .map((name) => `f.${name.trim()}`)
    .join(', ')})
    INTO version_id, same
    FROM lead_version v JOIN lead_fact f ON f.lead_id = v.lead_id WHERE v.lead_id = of_lead AND v.valid_to IS NULL;
  IF same THEN RETURN; END IF;
  UPDATE lead_version SET valid_to = greatest(moment, valid_from), pending = pending | 2 WHERE id = version_id;
  INSERT INTO lead_version (lead_id, valid_from, pending, ${FACT_NAMES})
  SELECT lead_id, moment, 1, ${FACT_NAMES} FROM lead_fact WHERE lead_id = of_lead;
END $$;
CREATE FUNCTION note_lead_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'lead_cluster' THEN
    PERFORM refresh_lead_version(CASE WHEN TG_OP = 'DELETE' THEN OLD.lead_id ELSE NEW.lead_id END);
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE lead_version SET valid_to = greatest(coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()), valid_from), pending = pending | 2
     WHERE lead_id = OLD.id AND valid_to IS NULL;
  ELSE
    PERFORM refresh_lead_version(NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION note_lead_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- who adds a lead of this firm or cluster meanwhile is waited for, so that it is seen
  IF TG_TABLE_NAME = 'firm' THEN
    LOCK TABLE lead IN SHARE MODE;
    PERFORM refresh_lead_version(id) FROM lead WHERE firm_id = NEW.id ORDER BY id;
  ELSE
    LOCK TABLE lead_cluster IN SHARE MODE;
    PERFORM refresh_lead_version(lead_id) FROM lead_cluster WHERE cluster_id = NEW.id ORDER BY lead_id;
  END IF;
  RETURN NULL;
END $$`;

const CHANGED = `(${[
  'kind',
  'stage',
  'owner_id',
  'source',
  'source_round_id',
  'sector',
  'firm_id',
  'opened_at',
  'stage_since',
  'area_ha',
  'jobs_promised',
  'committed_amount',
  'committed_currency',
  'registered_amount',
  'registered_currency',
  'disbursed_amount',
  'disbursed_currency',
  'acknowledged_at',
  'answered_at',
]
  .map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`)
  .join(' OR ')})`;

/** At the end of the transaction, so that a lead and its clusters are one version. */
const TRIGGERS = [
  `CREATE CONSTRAINT TRIGGER lead_version_insert AFTER INSERT ON lead DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW EXECUTE FUNCTION note_lead_version()`,
  `CREATE CONSTRAINT TRIGGER lead_version_change AFTER UPDATE ON lead DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW WHEN (${CHANGED}) EXECUTE FUNCTION note_lead_version()`,
  `CREATE CONSTRAINT TRIGGER lead_version_delete AFTER DELETE ON lead DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW EXECUTE FUNCTION note_lead_version()`,
  `CREATE CONSTRAINT TRIGGER lead_version_links AFTER INSERT OR UPDATE OR DELETE ON lead_cluster DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW EXECUTE FUNCTION note_lead_version()`,
  `CREATE CONSTRAINT TRIGGER lead_version_district AFTER UPDATE ON cluster DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW WHEN (OLD.planning_district_id <> NEW.planning_district_id) EXECUTE FUNCTION note_lead_versions()`,
  `CREATE CONSTRAINT TRIGGER lead_version_country AFTER UPDATE ON firm DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW WHEN (OLD.country IS DISTINCT FROM NEW.country) EXECUTE FUNCTION note_lead_versions()`,
];

/**
 * All versions anew from the stage history: for leads that were there before, and when the zone changes. Of the past
 * only the stages are known: everything else counts as it is now.
 */
const REBUILD = `
CREATE FUNCTION rebuild_lead_versions() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE lead_version, lead_cell;
  INSERT INTO lead_version (lead_id, valid_from, valid_to, pending, ${FACT_NAMES.replace('stage_since', 'stage_since')})
  SELECT f.lead_id, s.valid_from, s.valid_to, CASE WHEN s.valid_to IS NULL THEN 1 ELSE 3 END,
         ${FACT_NAMES.split(',')
           .map((name) => name.trim())
           .map((name) =>
             name === 'stage'
               ? `CASE WHEN s.valid_to IS NULL THEN f.stage ELSE s.to_stage END`
               : name === 'stage_since'
                 ? `CASE WHEN s.valid_to IS NULL THEN f.stage_since ELSE s.on_day::timestamp AT TIME ZONE z.name END`
                 : `f.${name}`,
           )
           .join(', ')}
    FROM lead_fact f CROSS JOIN report_zone z
    JOIN (SELECT l.id, coalesce(c.to_stage, l.stage) AS to_stage, c.on_day,
                 greatest(coalesce(c.recorded_at, l.created_at), l.created_at) AS valid_from,
                 lead(greatest(c.recorded_at, l.created_at)) OVER (PARTITION BY l.id ORDER BY c.recorded_at, c.id) AS valid_to
            FROM lead l LEFT JOIN lead_stage_change c ON c.lead_id = l.id) s ON s.id = f.lead_id;
END $$`;
