import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { Pages, type PageSpec } from '../../platform/http/pages.js';
import { Invalid } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { ageingSection } from './ageing.section.js';
import { rowsRelation, selectFigure, type Section } from './cells.js';
import { trimDecimal } from './decimals.rules.js';
import { FOLLOW_UP_OWN_FILTERS } from './follow-up-report.queries.js';
import { followUpSection, serviceSection } from './follow-up.section.js';
import { pipelineSection } from './pipeline.section.js';
import { FOLLOW_UP_GROUPINGS, LEAD_GROUPINGS, type ReportName, type RowsQuery } from './report-query.dto.js';
import { ReportScopes } from './report-scope.js';
import type { ReportRow, ReportRowsPage } from './reports.dto.js';
import { ROUNDS_OWN_FILTERS } from './rounds-report.queries.js';
import { mailSection, participantSection, roundLeadSection } from './rounds.sections.js';
import { keysOf } from './tally.rules.js';
import { TargetsReportQueries } from './targets-report.queries.js';
import { ConversionQueries } from './way/conversion.queries.js';
import { conversionSection } from './way/conversion.section.js';
import { stageTimesSection } from './way/stage-times.section.js';

const SPEC: PageSpec = { sorts: { id: { sql: 'r.id', type: 'uuid' } }, defaultSort: 'id', id: 'r.id' };
const COLUMNS = sql`r.id, r.reference, r.name, r.lead_id AS "leadId", r.value::text AS value`;

/** The default comes first. */
const GROUPINGS: Record<ReportName, readonly string[]> = {
  pipeline: LEAD_GROUPINGS,
  ageing: LEAD_GROUPINGS,
  conversion: ['month'],
  'stage-times': ['stage'],
  'follow-up': FOLLOW_UP_GROUPINGS,
  rounds: ['round'],
  targets: ['target'],
};

const GROUPED_TWICE: readonly ReportName[] = ['pipeline', 'ageing', 'stage-times'];

interface Relation {
  type: ReportRow['type'];
  from: Sql;
}

/** Any figure of any report, opened: the same definition that counted it lists it. */
@Injectable()
export class ReportRowsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly scopes: ReportScopes,
    private readonly targets: TargetsReportQueries,
    private readonly conversion: ConversionQueries,
  ) {}

  async read(report: ReportName, query: RowsQuery, language: Language): Promise<ReportRowsPage> {
    const { type, from } = await this.relation(report, query, language);
    const { limit, cursor } = query;
    const show = (row: Omit<ReportRow, 'type'>): ReportRow => ({
      ...row,
      type,
      value: row.value === null ? null : trimDecimal(row.value),
    });
    const { items, nextCursor } = await this.pages.read(
      SPEC,
      { select: COLUMNS, from },
      { limit, cursor },
      show,
    );
    const [whole] = await this.db.query<{ total: number; sum: string | null }>(
      sql`SELECT count(*)::int AS total, sum(r.value)::text AS sum FROM ${from}`,
    );
    return {
      items,
      nextCursor,
      total: whole!.total,
      sum: whole!.sum === null ? null : trimDecimal(whole!.sum),
    };
  }

  private async relation(report: ReportName, query: RowsQuery, language: Language): Promise<Relation> {
    const allowed = GROUPINGS[report];
    const groupBy = query.groupBy ?? allowed[0]!;
    if (!allowed.includes(groupBy)) throw new Invalid('groupBy', 'not_one_of');
    if (query.thenBy !== undefined && !GROUPED_TWICE.includes(report))
      throw new Invalid('thenBy', 'not_one_of');
    if (report === 'targets') {
      const { filters } = this.scopes.resolve(query, groupBy, language);
      return { type: 'cluster', from: await this.targets.rows(filters.asOf, query.group, query.figure) };
    }
    const sections = await this.sections(report, query, groupBy, language);
    for (const section of sections) {
      const selection = selectFigure(section, query.figure);
      if (selection)
        return { type: section.type, from: rowsRelation(section, selection, keysFor(section, query.group)) };
    }
    throw new Invalid('figure', 'not_one_of');
  }

  private async sections(
    report: Exclude<ReportName, 'targets'>,
    query: RowsQuery,
    groupBy: string,
    language: Language,
  ): Promise<Section[]> {
    if (report === 'pipeline') return [pipelineSection(this.scopes.resolve(query, groupBy, language))];
    if (report === 'ageing') return [ageingSection(this.scopes.resolve(query, groupBy, language))];
    if (report === 'stage-times') return [stageTimesSection(this.scopes.resolve(query, groupBy, language))];
    if (report === 'conversion') {
      const stages = await this.conversion.stages(language);
      return [conversionSection(this.scopes.resolve(query, groupBy, language), stages)];
    }
    if (report === 'follow-up') {
      const reminders = followUpSection(this.scopes.resolve(query, groupBy, language, FOLLOW_UP_OWN_FILTERS));
      return [reminders, serviceSection(this.scopes.resolve(query, groupBy, language))];
    }
    const scope = this.scopes.resolve(query, groupBy, language, ROUNDS_OWN_FILTERS);
    return [participantSection(scope), roundLeadSection(scope), mailSection(scope)];
  }
}

function keysFor(section: Section, group: string | undefined): (string | null)[] | null {
  if (group === undefined) return null;
  const keys = keysOf(group);
  if (keys.length !== section.keys.length || section.keys.length === 0)
    throw new Invalid('group', 'invalid_format');
  return keys;
}
