import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { whereClause } from '../../platform/http/pages.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { CellReader } from './cell-reader.js';
import { addDecimals, divideDecimal, trimDecimal } from './decimals.rules.js';
import { FigureMaker } from './figures.js';
import type { ReportFilters, RoundsReportQuery } from './report-query.dto.js';
import { ReportScopes, type ReportScope } from './report-scope.js';
import { reportHead } from './report-words.js';
import type {
  AtDay,
  CostPerLead,
  ResultFigure,
  RoundFigures,
  RoundGroup,
  RoundsReport,
  RoundsTotals,
} from './reports.dto.js';
import {
  CHECK_DAYS,
  mailSection,
  participantSection,
  resultFigure,
  roundConditions,
  roundLeadSection,
  type Result,
} from './rounds.sections.js';
import type { Tallied, Tallies } from './tally.rules.js';

/** The round's own: its leads are those it made or joined, not only those it made. */
export const ROUNDS_OWN_FILTERS = ['roundId'] as const satisfies (keyof ReportFilters)[];

interface RoundRow {
  id: string;
  code: string;
  name: string;
  status: RoundGroup['status'];
  startsOn: string;
  endsOn: string;
  closedOn: string | null;
  budgetAmount: string | null;
  budgetCurrency: string | null;
}

/** Which round was worth its money. */
@Injectable()
export class RoundsReportQueries {
  constructor(
    private readonly cells: CellReader,
    private readonly scopes: ReportScopes,
  ) {}

  async read(query: RoundsReportQuery, language: Language): Promise<RoundsReport> {
    const scope = this.scopes.resolve(query, 'round', language, ROUNDS_OWN_FILTERS);
    const [rounds, ...sections] = await Promise.all([
      this.rounds(scope),
      this.cells.tally(participantSection(scope)),
      this.cells.tally(roundLeadSection(scope)),
      this.cells.tally(mailSection(scope)),
    ]);
    const reasons = (day: number) => rounds.map((round) => whyNot(round, day, scope));
    const totals = new FigureMaker(
      'rounds',
      scope,
      joined(sections, ({ totals: own }) => own),
    );
    return {
      ...reportHead(scope, [
        'results_since_the_start',
        'counted_once_in_totals',
        'lead_filters_on_leads',
        ...(scope.past ? ['attributes_are_todays'] : []),
      ]),
      groups: rounds.map((round) =>
        groupOf(
          round,
          scope,
          joined(sections, ({ groups }) => groups.find(({ key }) => key === round.id)?.tallies ?? {}),
        ),
      ),
      totals: {
        ...figuresOf(totals, (day) => (reasons(day).includes(null) ? null : (reasons(day)[0] ?? null))),
        ...budgetsOf(rounds),
      },
    };
  }

  private rounds(scope: ReportScope): Promise<RoundRow[]> {
    return this.cells.all<RoundRow>(sql`
      SELECT p.id, p.code, p.name, CASE WHEN p.closed_at >= ${scope.end} THEN 'running' ELSE p.status END AS status,
             p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn",
             (CASE WHEN p.closed_at < ${scope.end} THEN p.closed_at AT TIME ZONE ${scope.timeZone} END)::date::text AS "closedOn",
             p.budget_amount AS "budgetAmount", p.budget_currency AS "budgetCurrency"
        FROM promotion_round p ${whereClause(roundConditions(scope))} ORDER BY p.starts_on DESC, p.id DESC`);
  }
}

function joined(sections: readonly Tallied[], pick: (section: Tallied) => Tallies): Tallies {
  return Object.assign({}, ...sections.map(pick)) as Tallies;
}

function whyNot({ closedOn }: RoundRow, day: number, scope: ReportScope): AtDay['reason'] {
  if (closedOn === null) return 'round_open';
  return plusDays(closedOn, day) > scope.filters.asOf ? 'not_yet' : null;
}

function groupOf(round: RoundRow, scope: ReportScope, tallies: Tallies): RoundGroup {
  const figures = figuresOf(new FigureMaker('rounds', scope, tallies, round.id), (day) =>
    whyNot(round, day, scope),
  );
  const { id, code, name, status, startsOn, endsOn, closedOn } = round;
  const budget = budgetOf(round);
  return {
    key: id,
    roundId: id,
    code,
    label: name,
    status,
    startsOn,
    endsOn,
    closedOn,
    budget,
    figures,
    costPerQualifiedLead: costOf(budget, figures.qualified.value),
  };
}

/** @param reasonAt why there is no value at a check day */
function figuresOf(figures: FigureMaker, reasonAt: (day: number) => AtDay['reason']): RoundFigures {
  const result = (name: Result): ResultFigure => ({
    ...figures.count(name),
    atDays: CHECK_DAYS.map((day): AtDay => {
      const reason = reasonAt(day);
      const { value, rows } = figures.count(resultFigure(name, day));
      return reason === null ? { day, value, rows, reason } : { day, value: null, rows: null, reason };
    }),
  });
  return {
    participants: figures.count('participants'),
    attended: figures.count('attended'),
    leads: figures.count('leads'),
    qualified: result('qualified'),
    siteVisits: result('siteVisits'),
    dossiers: result('dossiers'),
    approvals: result('approvals'),
    mailsSent: figures.count('mailsSent'),
    answered: figures.count('answered'),
    answers: figures.parts('answers', 'answer'),
  };
}

function budgetOf({ budgetAmount, budgetCurrency }: RoundRow) {
  return budgetAmount === null || budgetCurrency === null
    ? null
    : { amount: trimDecimal(budgetAmount), currency: budgetCurrency };
}

function costOf(budget: RoundGroup['budget'], qualified: number): CostPerLead {
  if (budget === null) return { value: null, reason: 'no_budget' };
  if (qualified === 0) return { value: null, reason: 'no_qualified_leads' };
  return {
    value: { amount: divideDecimal(budget.amount, qualified), currency: budget.currency },
    reason: null,
  };
}

function budgetsOf(rounds: readonly RoundRow[]): Pick<RoundsTotals, 'budgets' | 'withoutBudget'> {
  const given = rounds.map(budgetOf).filter((budget) => budget !== null);
  const currencies = [...new Set(given.map(({ currency }) => currency))].sort();
  return {
    budgets: currencies.map((currency) => ({
      amount: addDecimals(given.filter((one) => one.currency === currency).map(({ amount }) => amount)),
      currency,
    })),
    withoutBudget: rounds.length - given.length,
  };
}
