import { Injectable } from '@nestjs/common';
import type { Language } from '../../../platform/i18n/i18n.js';
import { LEAD_KINDS, type LeadKind } from '../../leads/pipelines/pipeline.entity.js';
import { CellReader } from '../cell-reader.js';
import { FigureMaker } from '../figures.js';
import { headOf, inOrder } from '../group-heads.js';
import type { StageTimesReportQuery } from '../report-query.dto.js';
import { ReportScopes, type ReportScope } from '../report-scope.js';
import { codeWords, reportHead } from '../report-words.js';
import { groupKey, type TalliedGroup, type Tallies } from '../tally.rules.js';
import type { Spread } from './days.js';
import type { StageTimesFigures, StageTimesReport, StayFigures } from './stage-times.dto.js';
import { STAYS, stageTimesStatement, type Stay } from './stage-times.section.js';

/** The spread of one group's stays in one state; a kind's as a whole without the other keys. */
type Cell = Spread & {
  whole: boolean;
  kind: LeadKind;
  value: string | null;
  value2?: string | null;
  state: Stay;
} & Record<`l${number}`, string | null> &
  Record<`p${number}`, number | null>;

/** How long leads stayed in each stage, and have stayed so far. */
@Injectable()
export class StageTimesQueries {
  constructor(
    private readonly cells: CellReader,
    private readonly scopes: ReportScopes,
  ) {}

  async read(query: StageTimesReportQuery, language: Language): Promise<StageTimesReport> {
    const scope = this.scopes.resolve(query, 'stage', language);
    const cells = await this.cells.all<Cell>(stageTimesStatement(scope));
    const found = new Map<string, Cell[]>();
    for (const cell of cells.filter(({ whole }) => !whole)) {
      const key = groupKey(keysOf(cell, scope));
      found.set(key, [...(found.get(key) ?? []), cell]);
    }
    const kinds = LEAD_KINDS.filter(
      (kind) => scope.filters.kind === undefined || scope.filters.kind === kind,
    );
    return {
      ...reportHead(scope, notesOf(scope)),
      thenBy: scope.thenBy,
      groups: inOrder(
        [...found].map(([key, own]) => groupOf(key, own[0]!, scope)),
        scope,
      ).map((group) => ({
        ...headOf(group, scope),
        figures: figuresOf(scope, found.get(group.key)!, group.key),
      })),
      totals: kinds.map((kind) => ({
        kind,
        kindLabel: codeWords(language, 'kind', kind),
        figures: figuresOf(
          { ...scope, filters: { ...scope.filters, kind } },
          cells.filter((cell) => cell.whole && cell.kind === kind),
        ),
      })),
    };
  }
}

function notesOf({ past, recorded, thenBy }: ReportScope): string[] {
  return [
    'stays_that_last_stand_apart',
    ...(thenBy === 'cluster' || thenBy === 'planningDistrict' ? ['counted_in_each_group'] : []),
    ...(past && !recorded ? ['attributes_are_todays'] : []),
  ];
}

const keysOf = ({ kind, value, value2 = null }: Cell, { thenBy }: ReportScope): (string | null)[] => [
  kind,
  value,
  ...(thenBy === null ? [] : [value2]),
];

function groupOf(key: string, cell: Cell, scope: ReportScope): TalliedGroup {
  const keys = keysOf(cell, scope);
  return {
    key,
    keys,
    labels: keys.map((_, index) => cell[`l${index}`] ?? null),
    places: keys.slice(1).map((_, index) => cell[`p${index}`] ?? null),
    tallies: {},
  };
}

function figuresOf(scope: ReportScope, cells: readonly Cell[], group?: string): StageTimesFigures {
  const of = (stay: Stay) => cells.find(({ state }) => state === stay);
  const tallies: Tallies = Object.fromEntries(
    STAYS.map((stay) => [stay, { count: of(stay)?.n ?? 0, sum: null }]),
  );
  const figures = new FigureMaker('stage-times', scope, tallies, group);
  const stays = (stay: Stay): StayFigures => {
    const { median = null, p90 = null, max = null } = of(stay) ?? {};
    return { count: figures.count(stay), median, p90, max };
  };
  return { finished: stays('finished'), waiting: stays('waiting') };
}
