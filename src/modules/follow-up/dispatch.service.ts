import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { decideDispatch, type DispatchDecision } from './dispatch.rules.js';
import { DispatchWriter, type Decided, type Settled } from './dispatch-writer.js';
import { DueReminders, type ClaimedReminder } from './due-reminders.queries.js';
import { leadFactsOf } from './sequence-planner.js';
import { factsKey, SequenceFactsQueries } from './sequence-facts.queries.js';
import { StopsService, type StopOrder } from './stops.service.js';

/** Rows that one transaction holds. */
const BATCH = 200;

/** Makes of what has come due what it shall become: a message, a task before a person, or nothing with a reason. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly due: DueReminders,
    private readonly facts: SequenceFactsQueries,
    private readonly stops: StopsService,
    private readonly writer: DispatchWriter,
  ) {}

  /** Everything that is due, however late, batch by batch; answers how many were handled. */
  async dispatchDue(signal?: AbortSignal): Promise<number> {
    let handled = 0;
    while (signal?.aborted !== true) {
      const batch = await this.db.transaction(() => this.batch());
      handled += batch.handled;
      if (batch.found < BATCH || batch.handled === 0) break;
    }
    return handled;
  }

  /** Seconds since the oldest waiting reminder was due; 0 when none is late. */
  async lag(): Promise<number> {
    const oldest = await this.due.oldestDueAt();
    return oldest === null ? 0 : Math.max(0, (this.clock.now().getTime() - oldest.getTime()) / 1000);
  }

  private async batch(): Promise<{ found: number; handled: number }> {
    const { found, claimed } = await this.due.claim(this.clock.now(), BATCH);
    if (claimed.length > 0) await this.settle(await this.decide(claimed));
    return { found, handled: claimed.length };
  }

  private async decide(claimed: readonly ClaimedReminder[]): Promise<Decided[]> {
    const facts = await this.facts.read(distinct(claimed));
    const positions = await this.facts.stopPositions(
      claimed.flatMap((reminder) => reminder.sequence?.planVersionId ?? []),
    );
    const stopped = new Map<string, DispatchDecision>();
    return claimed.map((reminder) => {
      const { sequence, channel } = reminder;
      const known = facts.get(factsKey(reminder)) ?? null;
      const stopPosition = (known && sequence && positions.get(sequence.planVersionId)?.[known.kind]) ?? null;
      const lead = known && {
        stop: { ...known, stopPosition },
        fit: leadFactsOf(known, { contactId: reminder.contactId, ...(sequence ?? NO_SEQUENCE) }),
      };
      const decision =
        stopped.get(sequence?.id ?? '') ??
        decideDispatch({ channel, sequence, condition: reminder.condition ?? {} }, lead);
      if (decision.kind === 'stop' && sequence) stopped.set(sequence.id, decision);
      return { reminder, decision, facts: known };
    });
  }

  private async settle(decided: readonly Decided[]): Promise<void> {
    const orders = new Map<string, StopOrder>();
    const settled: Settled[] = [];
    for (const item of decided) {
      const { reminder, decision } = item;
      if (decision.kind === 'stop' && reminder.sequence) {
        const { id: sequenceId } = reminder.sequence;
        orders.set(sequenceId, { sequenceId, leadId: reminder.leadId, reason: decision.reason });
      } else if (decision.kind === 'stop')
        settled.push({ reminder, status: 'stopped', reason: decision.reason });
      else if (decision.kind === 'hold')
        settled.push({ reminder, status: 'cancelled', reason: 'round_reopened' });
      else if (decision.kind === 'skip')
        settled.push({ reminder, status: 'skipped', reason: decision.reason });
    }
    const mails = decided.filter(({ decision }) => decision.kind === 'mail');
    const openings = decided.filter(({ decision }) => decision.kind === 'open');
    await this.stops.stop([...orders.values()]);
    await this.writer.write({ settled, mails, openings });
  }
}

const NO_SEQUENCE = { attendance: 'no_show' as const, hasClusterInterest: false, anchorAt: new Date(0) };

function distinct(claimed: readonly ClaimedReminder[]): ClaimedReminder[] {
  return [...new Map(claimed.map((reminder) => [factsKey(reminder), reminder])).values()];
}
