import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { Language } from '../../../platform/i18n/i18n.js';
import { LEAD_KINDS, type LeadKind } from '../../leads/pipelines/pipeline.entity.js';
import { CellReader } from '../cell-reader.js';
import { FigureMaker } from '../figures.js';
import type { ReportQuery } from '../report-query.dto.js';
import { ReportScopes, type ReportScope } from '../report-scope.js';
import { codeWords, reportHead } from '../report-words.js';
import { groupKey, type Tallies } from '../tally.rules.js';
import type { ConversionFigures, ConversionReport } from './conversion.dto.js';
import {
  cohortsStatement,
  daysToStagesStatement,
  FATES,
  type Fate,
  type WayStage,
} from './conversion.section.js';
import type { Spread } from './days.js';
import { shareOf } from './shares.rules.js';

/** Leads of one cohort that came equally far and fared alike. */
interface Cell {
  kind: LeadKind;
  value: string;
  reached: number;
  fate: Fate;
  n: number;
}

type StageDays = Spread & { kind: LeadKind; value: string | null; position: number };

interface Read {
  stages: WayStage[];
  cells: Cell[];
  days: StageDays[];
}

/** How many of the leads of a month came how far. */
@Injectable()
export class ConversionQueries {
  constructor(
    private readonly cells: CellReader,
    private readonly scopes: ReportScopes,
  ) {}

  async read(query: ReportQuery, language: Language): Promise<ConversionReport> {
    const scope = this.scopes.resolve(query, 'month', language);
    const [stages, cells, days] = await Promise.all([
      this.stages(language),
      this.cells.all<Cell>(cohortsStatement(scope)),
      this.cells.all<StageDays>(daysToStagesStatement(scope)),
    ]);
    const found = { stages, cells, days };
    const kinds = LEAD_KINDS.filter(
      (kind) => scope.filters.kind === undefined || scope.filters.kind === kind,
    );
    const head = (kind: LeadKind) => ({ kind, kindLabel: codeWords(language, 'kind', kind) });
    return {
      ...reportHead(scope, notesOf(scope)),
      groups: kinds.flatMap((kind) =>
        monthsOf(kind, cells).map((month) => ({
          key: groupKey([kind, month]),
          ...head(kind),
          month,
          figures: figuresOf({ scope, kind, month }, found),
        })),
      ),
      totals: kinds.map((kind) => ({
        ...head(kind),
        figures: figuresOf({ scope, kind, month: null }, found),
      })),
    };
  }

  /** The ways as they are set up today. */
  stages(language: Language): Promise<WayStage[]> {
    const name = raw(language === 'vi' ? 'name_vi' : 'name_en');
    return this.cells.all<WayStage>(
      sql`SELECT kind, code, ${name} AS label, position FROM pipeline_stage ORDER BY kind, position`,
    );
  }
}

const notesOf = ({ past, recorded }: ReportScope): string[] => [
  'reached_is_for_good',
  'young_cohorts_are_open',
  ...(past && !recorded ? ['attributes_are_todays'] : []),
];

const monthsOf = (kind: LeadKind, cells: readonly Cell[]): string[] =>
  [...new Set(cells.filter((cell) => cell.kind === kind).map(({ value }) => value))].sort();

interface Which {
  scope: ReportScope;
  kind: LeadKind;
  /** Null: all of the kind. */
  month: string | null;
}

function figuresOf({ scope, kind, month }: Which, { stages, cells, days }: Read): ConversionFigures {
  const own = cells.filter((cell) => cell.kind === kind && (month === null || cell.value === month));
  const way = stages.filter((stage) => stage.kind === kind);
  const tallies = talliesOf(own, way);
  const figures =
    month === null
      ? new FigureMaker('conversion', { ...scope, filters: { ...scope.filters, kind } }, tallies)
      : new FigureMaker('conversion', scope, tallies, groupKey([kind, month]));
  const reachedBy = (code: string) => tallies[`reached.${code}`]!.count;
  return {
    cohort: figures.count('cohort'),
    open: figures.count('open'),
    finished: figures.count('finished'),
    lost: figures.count('lost'),
    stages: way.map(({ code, label, position }, index) => ({
      code,
      label,
      reached: figures.count(`reached.${code}`),
      open: figures.count(`open.${code}`),
      ofPrevious: index === 0 ? null : shareOf(reachedBy(code), reachedBy(way[index - 1]!.code)),
      ofCohort: shareOf(reachedBy(code), tallies.cohort!.count),
      medianDays:
        days.find((one) => one.kind === kind && one.value === month && one.position === position)?.median ??
        null,
    })),
  };
}

function talliesOf(cells: readonly Cell[], way: readonly WayStage[]): Tallies {
  const count = (which: (cell: Cell) => boolean) => ({
    count: cells.filter(which).reduce((sum, { n }) => sum + n, 0),
    sum: null,
  });
  return {
    cohort: count(() => true),
    ...Object.fromEntries(FATES.map((fate) => [fate, count((cell) => cell.fate === fate)])),
    ...Object.fromEntries(
      way.flatMap(({ code, position }) => [
        [`reached.${code}`, count(({ reached }) => reached >= position)],
        [`open.${code}`, count(({ reached, fate }) => reached < position && fate === 'open')],
      ]),
    ),
  };
}
