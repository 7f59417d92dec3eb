import { plusDays } from '../../platform/calendar/days.rules.js';
import { PlainFault, type KnownFirms, type People, type Stage } from '../cast.js';
import type { HeldRound } from './round.js';

interface PreviewLine {
  leadId: string;
  stepId: string;
  channel: string;
  dueAt: string;
  willSkip: string | null;
}

interface CloseAnswer {
  round: { status: string };
  reminders: { created: number; kept: number; skipped: { leadId: string; reason: string }[] };
  preview: PreviewLine[];
}

interface Plan {
  id: string;
  name: string;
  isDefault: boolean;
}

interface Step {
  id: string;
  position: number;
  offset: { amount: number; unit: 'working_day' | 'day' };
  titleVi: string;
  titleEn: string;
}

export interface ClosedRound extends HeldRound {
  /** The local day. */
  closedOn: string;
  /** One for each firm and step, whether or not it applies. */
  planned: number;
}

const CLOSING_DAY = '2027-01-08';

/** Shows first what closing the round would do, then closes it, then once more to show that nothing comes twice. */
export async function closeRound(
  stage: Stage,
  people: People,
  firms: KnownFirms,
  round: HeldRound,
): Promise<ClosedRound> {
  const { narrator, time } = stage;
  const { api } = people.a;
  time.moveTo(time.moment(CLOSING_DAY, '10:00'));
  narrator.chapter('closing', { day: narrator.longDay(CLOSING_DAY) });
  const plan = (await api.get<{ items: Plan[] }>('/api/v1/follow-up-plans')).items.find(
    ({ isDefault }) => isDefault,
  )!;
  const body = { outcome: narrator.words('outcome'), followUpPlanId: plan.id };
  const preview = await api.post<CloseAnswer>(`/api/v1/rounds/${round.id}/close`, { ...body, dryRun: true });
  narrator.say('preview_intro', { plan: plan.name });
  const steps = (await api.get<{ items: Step[] }>(`/api/v1/follow-up-plans/${plan.id}/steps`)).items.sort(
    (a, b) => a.position - b.position,
  );
  printPreview(stage, firms, steps, preview.preview);
  tellMoved(stage, steps, preview.preview);
  narrator.say('preview_nothing_done');
  const closed = await api.post<CloseAnswer>(`/api/v1/rounds/${round.id}/close`, body);
  narrator.done('closed', { name: round.name, created: closed.reminders.created });
  const again = await api.post<CloseAnswer>(`/api/v1/rounds/${round.id}/close`, body);
  if (again.reminders.created > 0)
    throw new PlainFault(narrator.words('closed_twice', { created: again.reminders.created }));
  narrator.done('closed_again');
  return { ...round, closedOn: CLOSING_DAY, planned: steps.length * firms.size };
}

/** Who gets what, and when: a row for each firm, a column for each step of the plan. */
function printPreview(
  { narrator }: Stage,
  firms: KnownFirms,
  steps: readonly Step[],
  lines: readonly PreviewLine[],
): void {
  for (const step of steps) {
    const channel = lines.find(({ stepId }) => stepId === step.id)?.channel;
    narrator.say('preview_step', {
      number: step.position + 1,
      title: narrator.language === 'vi' ? step.titleVi : step.titleEn,
      channel: channel ? narrator.words(`channel_${channel}`) : '–',
    });
  }
  const cell = (leadId: string | null, step: Step): string => {
    const line = lines.find((candidate) => candidate.leadId === leadId && candidate.stepId === step.id);
    if (!line) return '–';
    return line.willSkip
      ? narrator.words(`skip_${line.willSkip}`)
      : narrator.shortMoment(new Date(line.dueAt), 'preview_moment_format');
  };
  narrator.table(
    [
      ...narrator.heads('head_firm'),
      ...steps.map(({ position }) => narrator.words('head_step', { number: position + 1 })),
    ],
    [...firms.values()].map(({ firm, leadId }) => [
      firm.shortName,
      ...steps.map((step) => cell(leadId, step)),
    ]),
  );
}

/** Steps whose day is a day off, and that therefore come later. */
function tellMoved(
  { narrator, program }: Stage,
  steps: readonly Step[],
  lines: readonly PreviewLine[],
): void {
  for (const { id, position, offset } of steps) {
    const line = lines.find(({ stepId }) => stepId === id);
    if (!line || offset.unit !== 'day') continue;
    const wished = plusDays(CLOSING_DAY, offset.amount);
    const due = program.clock.dayOf(new Date(line.dueAt));
    if (due !== wished)
      narrator.say('preview_moved', {
        number: position + 1,
        wished: narrator.longDay(wished),
        due: narrator.longDay(due),
      });
  }
}
