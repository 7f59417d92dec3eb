import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { translate } from '../../../platform/i18n/i18n.js';
import type { ClusterLadder, LadderRung } from './cluster-ladder.dto.js';

/** The interested firms of a cluster, by how far they have come. */
@Injectable()
export class ClusterLadderQueries {
  constructor(private readonly db: Database) {}

  async of(clusterId: string): Promise<ClusterLadder> {
    const [cluster] = await this.db.query(`SELECT 1 FROM cluster WHERE id = $1`, [clusterId]);
    if (!cluster) throw new NotFound('cluster_not_found');
    const rungs = await this.db.query<LadderRung>(RUNGS, [clusterId]);
    return { rungs: rungs.map(withName) };
  }
}

/** The exits have no row in the pipeline. */
function withName(rung: LadderRung): LadderRung {
  const key = `leads:exit_${rung.stage}`;
  return {
    ...rung,
    nameVi: rung.nameVi ?? translate('vi', key),
    nameEn: rung.nameEn ?? translate('en', key),
    leads: rung.leads.map((lead) => ({ ...lead, stageSince: new Date(lead.stageSince).toISOString() })),
  };
}

/** Every stage, also where nobody stands; the exits only where somebody does. */
const RUNGS = `
  WITH mine AS (
    SELECT l.id, l.kind, l.stage, l.reference, l.firm_id, l.owner_id, l.stage_since,
           row_number() OVER (PARTITION BY l.kind, l.stage ORDER BY l.last_activity_at DESC, l.id) AS rank
      FROM lead l JOIN lead_cluster c ON c.lead_id = l.id WHERE c.cluster_id = $1),
  rung AS (
    SELECT kind, code AS stage, name_vi, name_en, position FROM pipeline_stage
    UNION ALL
    SELECT DISTINCT kind, stage, NULL, NULL, NULL::int FROM mine WHERE stage IN ('lost', 'dormant'))
  SELECT r.kind, r.stage, r.name_vi AS "nameVi", r.name_en AS "nameEn", r.position,
         (SELECT count(*) FROM mine m WHERE m.kind = r.kind AND m.stage = r.stage)::int AS count,
         (SELECT count(DISTINCT m.firm_id) FROM mine m WHERE m.kind = r.kind AND m.stage = r.stage)::int AS firms,
         (SELECT coalesce(json_agg(json_build_object('id', m.id, 'reference', m.reference, 'stageSince', m.stage_since,
                   'firm', (SELECT json_build_object('id', f.id, 'name', f.name) FROM firm f WHERE f.id = m.firm_id),
                   'owner', (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = m.owner_id)) ORDER BY m.rank), '[]')
            FROM mine m WHERE m.kind = r.kind AND m.stage = r.stage AND m.rank <= 10) AS leads
    FROM rung r ORDER BY r.kind, r.position NULLS LAST, r.stage`;
