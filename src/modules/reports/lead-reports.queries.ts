import { Injectable } from '@nestjs/common';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Language } from '../../platform/i18n/i18n.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { ageingSection, AGE_BUCKETS } from './ageing.section.js';
import { CellReader } from './cell-reader.js';
import type { Section } from './cells.js';
import { FigureMaker } from './figures.js';
import { pipelineSection } from './pipeline.section.js';
import type { LeadReportQuery } from './report-query.dto.js';
import { rolledPipeline } from './rolled-leads.js';
import { ReportScopes, type ReportScope } from './report-scope.js';
import { headOf, inOrder } from './group-heads.js';
import { reportHead } from './report-words.js';
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
      thenBy: scope.thenBy,
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
      thenBy: scope.thenBy,
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
    const empty =
      scope.groupBy === 'stage' && scope.thenBy === null
        ? await this.emptyStages(scope, groups, withFinal)
        : [];
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
        places: [one.position],
        tallies: {},
      }))
      .filter(({ key }) => !found.some((group) => group.key === key));
  }
}

function notesOf(scope: ReportScope): string[] {
  const places = [scope.groupBy, scope.thenBy].filter(
    (one) => one === 'cluster' || one === 'planningDistrict',
  );
  return [
    ...(places.length > 0 ? ['counted_in_each_group'] : []),
    ...(places.length > 1 && scope.past ? ['districts_of_clusters_are_todays'] : []),
    ...(scope.past ? ['attributes_are_todays'] : []),
  ];
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
