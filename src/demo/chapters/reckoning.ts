import { Calendar } from '../../platform/calendar/calendar.js';
import type { KnownFirms, People, Person, Stage } from '../cast.js';
import { Checks } from '../checks.js';
import type { CaughtMail } from '../mail-catcher.js';
import { stopOf, type Stop } from '../stops.js';
import type { ClosedRound } from './closing.js';

interface Reminder {
  status: string;
  reason: string | null;
  channel: string;
  dueAt: string;
  lead: { id: string };
}

/** What the story came to; the test asks for it. */
export interface StoryFacts {
  mails: number;
  /** Received more than once, by Message-ID. */
  doubled: number;
  /** How many reminders of the round ended how. */
  reminders: Record<string, number>;
  /** By the firm's key: why its sequence stopped. */
  stopped: Record<string, string>;
  managerTold: boolean;
}

/** All of them: without a status the list shows only what still waits. */
const STATUSES = 'pending,open,sent,done,skipped,stopped,cancelled';
const WAITING = new Set(['pending', 'open']);

/** Nothing forgotten, nothing twice: counted from what the mail server received and what the program lists. */
export async function reckon(
  stage: Stage,
  people: People,
  firms: KnownFirms,
  round: ClosedRound,
): Promise<StoryFacts> {
  const { narrator, catcher, time } = stage;
  const { api } = people.manager;
  narrator.chapter('reckoning');
  const reminders = await api.all<Reminder>(`/api/v1/reminders?roundId=${round.id}&status=${STATUSES}`);
  const stops = new Map<string, Stop | null>();
  for (const firm of firms.values()) stops.set(firm.key, await stopOf(api, firm));
  printFates(stage, firms, reminders, stops);
  const sent = await api.all<unknown>('/api/v1/messages?status=sent');
  const doubled = catcher.mails.length - new Set(catcher.mails.map(({ messageId }) => messageId)).size;
  const lost = reminders.filter(({ status, dueAt }) => status === 'pending' && new Date(dueAt) <= time.now());
  const counts = countBy(reminders, ({ status }) => (WAITING.has(status) ? 'open' : status));
  const facts: StoryFacts = {
    mails: catcher.mails.length,
    doubled,
    reminders: counts,
    stopped: Object.fromEntries([...stops].flatMap(([key, stop]) => (stop ? [[key, stop.reason]] : []))),
    managerTold: catcher.mails.some(({ to }) => to === people.manager.email),
  };
  const checks = new Checks(narrator);
  checks.that(sent.length === facts.mails, 'mails_all_arrived', { mails: facts.mails, sent: sent.length });
  const outside = await outsideHours(stage, people);
  checks.that(outside === 0, 'mails_in_hours', { count: investorMails(stage, people).length, outside });
  checks.that(doubled === 0, 'mails_none_twice', { mails: facts.mails, doubled });
  const states = Object.entries(counts).map(([status, count]) =>
    narrator.words(`counted_${status}`, { count }),
  );
  checks.that(reminders.length === round.planned && lost.length === 0, 'reminders_none_lost', {
    planned: round.planned,
    found: reminders.length,
    states: states.join(', '),
  });
  checks.conclude('story_broken');
  return facts;
}

/** A row for each firm: what reached it, and how its follow-up ended. */
function printFates(
  { narrator, catcher }: Stage,
  firms: KnownFirms,
  reminders: readonly Reminder[],
  stops: ReadonlyMap<string, Stop | null>,
): void {
  narrator.table(
    narrator.heads('head_firm', 'head_mails', 'head_tasks', 'head_not_needed', 'head_fate'),
    [...firms.values()].map((firm) => {
      const own = reminders.filter(({ lead }) => lead.id === firm.leadId);
      const stop = stops.get(firm.key);
      const waiting = own.filter(({ status }) => WAITING.has(status)).length;
      const fate = stop ? `reason_${stop.reason}` : waiting > 0 ? 'fate_running' : 'fate_completed';
      return [
        firm.firm.shortName,
        catcher.mails.filter(({ to }) => to === firm.contact.email).length,
        own.filter(({ status }) => status === 'done').length,
        own.filter(({ status }) => status === 'skipped' || status === 'stopped').length,
        narrator.words(fate),
      ];
    }),
    [1, 2, 3],
  );
}

/** Mails to investors that left on a day off, or before or after work. */
async function outsideHours(stage: Stage, people: People): Promise<number> {
  const calendar = stage.program.app.get(Calendar, { strict: false });
  const inHours = await Promise.all(
    investorMails(stage, people).map(({ at }) => calendar.isWithinWorkingHours(at)),
  );
  return inHours.filter((fits) => !fits).length;
}

function investorMails({ catcher }: Stage, people: People): CaughtMail[] {
  const staff = new Set(Object.values(people).map(({ email }: Person) => email));
  return catcher.mails.filter(({ to }) => !staff.has(to));
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
