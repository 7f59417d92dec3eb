import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { ClustersQueries } from '../clusters.queries.js';
import { measureTarget, type ClusterState } from './target.rules.js';
import type { MeasuredValue, PlanFigureAnswer, TargetAnswer } from './targets.dto.js';

type Row = Omit<TargetAnswer, 'measured' | 'reached'>;

@Injectable()
export class TargetsQueries {
  constructor(
    private readonly db: Database,
    private readonly clusters: ClustersQueries,
    private readonly clock: Clock,
  ) {}

  /** The plan's targets with what is reached by the end of a day. */
  async list(asOf = this.clock.today()): Promise<TargetAnswer[]> {
    return this.read(asOf, empty);
  }

  async get(id: string, asOf = this.clock.today()): Promise<TargetAnswer> {
    const [found] = await this.read(asOf, sql`WHERE t.id = ${id}`);
    if (!found) throw new NotFound('target_not_found');
    return found;
  }

  planFigures(): Promise<PlanFigureAnswer[]> {
    return this.db.query<PlanFigureAnswer>(sql`
      SELECT id, code, name_vi AS "nameVi", name_en AS "nameEn", count, of_count AS "ofCount", area_ha::float8 AS "areaHa",
             approximate, source, conflict
        FROM plan_figure ORDER BY position`);
  }

  private async read(asOf: string, where: Sql): Promise<TargetAnswer[]> {
    const rows = await this.db.query<Row>(sql`
      SELECT t.id, t.code, t.name_vi AS "nameVi", t.name_en AS "nameEn", t.unit, t.min_value::float8 AS "minValue",
             t.max_value::float8 AS "maxValue", t.of_value::float8 AS "ofValue", t.due::text AS due,
             t.measured_by AS "measuredBy", t.source, t.conflict, t.version,
             (SELECT coalesce(json_agg(json_build_object('id', v.id, 'value', v.value, 'asOf', v.as_of, 'source', v.source, 'note', v.note)
                      ORDER BY v.as_of DESC, v.id DESC), '[]')
                FROM target_value v WHERE v.target_id = t.id AND v.as_of <= ${asOf}::date) AS values
        FROM target t ${where} ORDER BY t.position, t.code`);
    const states = await this.clusters.statesOn(asOf);
    return rows.map((row) => {
      const measured = measure(row, asOf, states);
      return { ...row, measured, reached: measured.value === null ? null : measured.value >= row.minValue };
    });
  }
}

function measure({ code, measuredBy, values }: Row, asOf: string, states: ClusterState[]): MeasuredValue {
  const byRows = measuredBy === 'clusters' ? measureTarget(code, states) : null;
  if (byRows) {
    const { value, of, counted, undecided } = byRows;
    return { value, of, asOf, source: 'clusters', clusterIds: counted, undecidedClusterIds: undecided };
  }
  const [latest] = values;
  return {
    value: latest?.value ?? null,
    of: null,
    asOf: latest?.asOf ?? null,
    source: latest?.source ?? null,
    clusterIds: [],
    undecidedClusterIds: [],
  };
}
