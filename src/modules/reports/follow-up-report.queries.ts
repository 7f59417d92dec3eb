import { Injectable } from '@nestjs/common';
import type { Language } from '../../platform/i18n/i18n.js';
import { CellReader } from './cell-reader.js';
import { FigureMaker } from './figures.js';
import {
  followUpSection,
  REMINDER_STATES,
  SERVICE_CLOCKS,
  serviceStatement,
  type ServiceClockName,
} from './follow-up.section.js';
import type { FollowUpReportQuery, ReportFilters } from './report-query.dto.js';
import { ReportScopes, type ReportScope } from './report-scope.js';
import { codeWords, reportHead, words } from './report-words.js';
import type { Figure } from './figures.dto.js';
import type {
  FollowUpFigures,
  FollowUpGroup,
  FollowUpReport,
  ServiceDistribution,
  ServiceStandard,
} from './reports.dto.js';
import type { TalliedGroup } from './tally.rules.js';

/** Officer and round narrow the reminders themselves, not their leads. */
export const FOLLOW_UP_OWN_FILTERS = ['ownerId', 'roundId'] as const satisfies (keyof ReportFilters)[];

type ServiceRow = { enquiries: number } & Record<`${ServiceClockName}_${'done' | 'outstanding'}`, number> &
  Record<`${ServiceClockName}_${'median' | 'p90' | 'max'}`, number | null>;

/** Who was followed up, and who was not. */
@Injectable()
export class FollowUpReportQueries {
  constructor(
    private readonly cells: CellReader,
    private readonly scopes: ReportScopes,
  ) {}

  async read(query: FollowUpReportQuery, language: Language): Promise<FollowUpReport> {
    const groupBy = query.groupBy ?? 'ownerStep';
    const scope = this.scopes.resolve(query, groupBy, language, FOLLOW_UP_OWN_FILTERS);
    const [{ groups, totals }, service] = await Promise.all([
      this.cells.tally(followUpSection(scope)),
      this.cells.first<ServiceRow>(serviceStatement(this.scopes.resolve(query, groupBy, language))),
    ]);
    const shown = groups.map((group) => ({
      place: group.places[0] ?? Number.MAX_SAFE_INTEGER,
      shown: groupOf(group, scope),
    }));
    shown.sort(
      (a, b) =>
        byOwner(a.shown, b.shown, language) ||
        a.place - b.place ||
        titleOf(a.shown).localeCompare(titleOf(b.shown), language),
    );
    return {
      ...reportHead(scope, ['on_time_by_the_day', ...(scope.past ? ['due_times_are_todays'] : [])]),
      groups: shown.map((group) => group.shown),
      totals: figuresOf(new FigureMaker('follow-up', scope, totals)),
      serviceStandard: serviceOf(service, scope),
    };
  }
}

/** What nobody owns comes last. */
function byOwner(a: FollowUpGroup, b: FollowUpGroup, language: Language): number {
  if (a.ownerId === null || b.ownerId === null)
    return Number(a.ownerId === null) - Number(b.ownerId === null);
  return a.ownerLabel!.localeCompare(b.ownerLabel!, language);
}

const titleOf = (group: FollowUpGroup): string => group.stepLabel ?? group.roundLabel ?? '';

function groupOf(group: TalliedGroup, scope: ReportScope): FollowUpGroup {
  const names = scope.groupBy === 'ownerStep' ? ['owner', 'step'] : [scope.groupBy];
  const part = (name: string) => {
    const index = names.indexOf(name);
    if (index < 0) return { value: null, label: null };
    const value = group.keys[index] ?? null;
    const label =
      value === null
        ? words(scope.language, `none_${name}`)
        : (group.labels[index] ?? codeWords(scope.language, name, value));
    return { value, label };
  };
  const [owner, step, round] = [part('owner'), part('step'), part('round')];
  return {
    key: group.key,
    ownerId: owner.value,
    ownerLabel: owner.label,
    step: step.value,
    stepLabel: step.label,
    roundId: round.value,
    roundLabel: round.label,
    figures: figuresOf(new FigureMaker('follow-up', scope, group.tallies, group.key)),
  };
}

function figuresOf(figures: FigureMaker): FollowUpFigures {
  const states = Object.fromEntries(REMINDER_STATES.map((state) => [state, figures.count(state)])) as Record<
    (typeof REMINDER_STATES)[number],
    Figure
  >;
  return {
    planned: figures.count('planned'),
    ...states,
    skippedBy: figures.parts('skippedBy', 'reason'),
    stoppedBy: figures.parts('stoppedBy', 'reason'),
    cancelledBy: figures.parts('cancelledBy', 'reason'),
    escalated: figures.count('escalated'),
    snoozed: figures.count('snoozed'),
    answered: figures.count('answered'),
    answers: figures.parts('answers', 'answer'),
  };
}

function serviceOf(row: ServiceRow, scope: ReportScope): ServiceStandard {
  const link = (figure: string) => new FigureMaker('follow-up', scope, {}).rows(`service.${figure}`);
  const clocks = SERVICE_CLOCKS.map((name): [ServiceClockName, ServiceDistribution] => [
    name,
    {
      done: { value: row[`${name}_done`], rows: link(`${name}.done`) },
      outstanding: { value: row[`${name}_outstanding`], rows: link(`${name}.outstanding`) },
      median: row[`${name}_median`],
      p90: row[`${name}_p90`],
      max: row[`${name}_max`],
      unit: 'hours',
    },
  ]);
  return {
    enquiries: { value: row.enquiries, rows: link('enquiries') },
    ...(Object.fromEntries(clocks) as Record<ServiceClockName, ServiceDistribution>),
  };
}
