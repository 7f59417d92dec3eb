import { Injectable } from '@nestjs/common';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Language } from '../../platform/i18n/i18n.js';
import { EXITS } from '../leads/lead.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { ageingSection, AGE_BUCKETS } from './ageing.section.js';
import { CellReader } from './cell-reader.js';
import type { Section } from './cells.js';
import { FigureMaker } from './figures.js';
import { pipelineSection } from './pipeline.section.js';
import type { LeadReportQuery } from './report-query.dto.js';
import { rolledPipeline } from './rolled-leads.js';
import { ReportScopes, type ReportScope } from './report-scope.js';
import { codeWords, reportHead, words } from './report-words.js';
import type { AgeingFigures, AgeingReport, PipelineFigures, PipelineReport } from './reports.dto.js';
import { groupKey, type TalliedGroup } from './tally.rules.js';

/** The reports whose rows are leads. */
@Injectable()
export class LeadReportsQueries {
  constructor(
    private readonly cells: CellReader,
    private readonly scopes: ReportScopes,
  ) {}

  async pipeline(query: LeadReportQuery, language: Language): Promise<PipelineReport> {
    const scope = this.scopes.resolve(query, query.groupBy ?? 'stage', language);
    const section = pipelineSection(scope);
    const { groups, totals } = await this.read(scope, section, { rolled: rolledPipeline(scope, section) });
    return {
      ...reportHead(scope, notesOf(scope)),
      groups: groups.map((group) => ({
        ...headOf(group, scope),
        figures: pipelineFigures(new FigureMaker('pipeline', scope, group.tallies, group.key)),
      })),
      totals: pipelineFigures(new FigureMaker('pipeline', scope, totals)),
    };
  }

  async ageing(query: LeadReportQuery, language: Language): Promise<AgeingReport> {
    const scope = this.scopes.resolve(query, query.groupBy ?? 'stage', language);
    const { groups, totals } = await this.read(scope, ageingSection(scope), { withFinal: false });
    return {
      ...reportHead(scope, ['open_leads_only', ...notesOf(scope)]),
      groups: groups.map((group) => ({
        ...headOf(group, scope),
        figures: ageingFigures(new FigureMaker('ageing', scope, group.tallies, group.key)),
      })),
      totals: ageingFigures(new FigureMaker('ageing', scope, totals)),
    };
  }

  /** By stage the empty stages are shown too: a gap in the pipeline is news. */
  private async read(
    scope: ReportScope,
    section: Section,
    { withFinal = true, rolled = null }: { withFinal?: boolean; rolled?: Sql | null },
  ) {
    const { groups, totals } = await (rolled ? this.cells.fold(section, rolled) : this.cells.tally(section));
    const empty = scope.groupBy === 'stage' ? await this.emptyStages(scope, groups, withFinal) : [];
    return { groups: inOrder([...groups, ...empty], scope), totals };
  }

  private async emptyStages(
    scope: ReportScope,
    found: readonly TalliedGroup[],
    withFinal: boolean,
  ): Promise<TalliedGroup[]> {
    const { kind, stage } = scope.filters;
    const name = raw(scope.language === 'vi' ? 'name_vi' : 'name_en');
    const stages = await this.cells.all<{
      kind: LeadKind;
      code: string;
      name: string;
      position: number;
      isFinal: boolean;
    }>(sql`SELECT kind, code, ${name} AS name, position, is_final AS "isFinal" FROM pipeline_stage`);
    return stages
      .filter(
        (one) =>
          (kind === undefined || one.kind === kind) &&
          (stage === undefined || stage.includes(one.code)) &&
          (withFinal || !one.isFinal),
      )
      .map((one) => ({
        key: groupKey([one.kind, one.code]),
        keys: [one.kind, one.code],
        labels: [one.kind, one.name],
        place: one.position,
        tallies: {},
      }))
      .filter(({ key }) => !found.some((group) => group.key === key));
  }
}

function notesOf(scope: ReportScope): string[] {
  return [
    ...(scope.groupBy === 'cluster' || scope.groupBy === 'planningDistrict' ? ['counted_in_each_group'] : []),
    ...(scope.past ? ['attributes_are_todays'] : []),
  ];
}

const LAST = Number.MAX_SAFE_INTEGER;

function inOrder(groups: readonly TalliedGroup[], scope: ReportScope): TalliedGroup[] {
  const placeOf = ({ place, keys }: TalliedGroup) =>
    place ?? (keys[1] === null ? LAST : LAST - 10 + EXITS.findIndex((exit) => exit === keys[1]));
  return [...groups].sort(
    (a, b) =>
      a.keys[0]!.localeCompare(b.keys[0]!) ||
      placeOf(a) - placeOf(b) ||
      labelOf(a, scope).localeCompare(labelOf(b, scope), scope.language),
  );
}

function labelOf({ keys: [, value], labels }: TalliedGroup, { language, groupBy }: ReportScope): string {
  if (value === null || value === undefined) return words(language, `none_${groupBy}`);
  return labels[1] ?? codeWords(language, groupBy, value);
}

function headOf(group: TalliedGroup, scope: ReportScope) {
  const kind = group.keys[0] as LeadKind;
  return {
    key: group.key,
    kind,
    kindLabel: codeWords(scope.language, 'kind', kind),
    value: group.keys[1] ?? null,
    label: labelOf(group, scope),
  };
}

function pipelineFigures(figures: FigureMaker): PipelineFigures {
  return {
    count: figures.count('count'),
    areaHa: figures.known('areaHa'),
    jobsPromised: figures.known('jobsPromised'),
    committed: figures.money('committed'),
    registered: figures.money('registered'),
    disbursed: figures.money('disbursed'),
  };
}

function ageingFigures(figures: FigureMaker): AgeingFigures {
  const spans = Object.fromEntries(AGE_BUCKETS.map(({ figure }) => [figure, figures.count(figure)]));
  return {
    count: figures.count('count'),
    ...(spans as Omit<AgeingFigures, 'count' | 'stale'>),
    stale: figures.count('stale'),
  };
}
