import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import type { Language } from '../../platform/i18n/i18n.js';
import { Invalid } from '../../platform/http/problem.js';
import { TargetsQueries } from '../directory/targets/targets.queries.js';
import type { TargetsReportQuery } from './report-query.dto.js';
import { ReportScopes, rowsLink, type ReportScope } from './report-scope.js';
import { reportHead, words } from './report-words.js';
import type { TargetFigures, TargetGroup, TargetsReport } from './reports.dto.js';

type Target = Awaited<ReturnType<TargetsQueries['list']>>[number];

/** Are we on course? */
@Injectable()
export class TargetsReportQueries {
  constructor(
    private readonly targets: TargetsQueries,
    private readonly scopes: ReportScopes,
  ) {}

  async read(query: TargetsReportQuery, language: Language): Promise<TargetsReport> {
    const scope = this.scopes.resolve(query, 'target', language);
    const targets = (await this.targets.list(scope.filters.asOf)).filter(
      ({ due }) =>
        (query.from === undefined || due >= query.from) && (query.to === undefined || due <= query.to),
    );
    const groups = targets.map((target) => groupOf(target, scope));
    const reached = (wanted: boolean | null) =>
      groups.filter(({ figures }) => figures.reached === wanted).length;
    return {
      ...reportHead(scope, ['targets_take_no_lead_filters']),
      groups,
      totals: {
        targets: groups.length,
        reached: reached(true),
        notReached: reached(false),
        unknown: reached(null),
      },
    };
  }

  /** The clusters behind a target's figure. */
  async rows(asOf: string, group: string | undefined, figure: string): Promise<Sql> {
    const targets = await this.targets.list(asOf);
    const target = targets.find(({ code }) => code === group);
    if (!target) throw new Invalid('group', 'not_one_of');
    if (figure !== 'counted' && figure !== 'undecided') throw new Invalid('figure', 'not_one_of');
    const ids = figure === 'counted' ? target.measured.clusterIds : target.measured.undecidedClusterIds;
    return sql`(SELECT c.id, c.code AS reference, NULL::uuid AS lead_id, c.name, NULL::numeric AS value
                  FROM cluster c WHERE c.id = ANY(${ids}::uuid[])) AS r`;
  }
}

function groupOf(target: Target, scope: ReportScope): TargetGroup {
  const { code, unit, minValue, maxValue, ofValue, due, measuredBy, source, conflict } = target;
  return {
    key: code,
    label: scope.language === 'vi' ? target.nameVi : target.nameEn,
    unit,
    unitLabel: words(scope.language, `unit_${unit}`),
    minValue,
    maxValue,
    ofValue,
    due,
    measuredBy,
    source,
    conflict,
    reported: target.values.map(({ value, asOf, source: from, note }) => ({
      value,
      asOf,
      source: from,
      note,
    })),
    figures: figuresOf(target, scope),
  };
}

function figuresOf({ code, measured, measuredBy, reached }: Target, scope: ReportScope): TargetFigures {
  const { value, of, asOf, source, clusterIds, undecidedClusterIds } = measured;
  const rows = (figure: string) => rowsLink('targets', scope, figure, code);
  const unknown = measuredBy === 'hand' ? 'nothing_reported' : 'no_cluster_established';
  return {
    value,
    of,
    asOf,
    source,
    reached,
    reason: value === null ? unknown : null,
    counted: { value: clusterIds.length, rows: rows('counted') },
    undecided: { value: undecidedClusterIds.length, rows: rows('undecided') },
  };
}
