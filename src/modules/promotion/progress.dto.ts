import type { Channel } from '../follow-up/sequence.rules.js';

export class ProgressAnswers {
  interested: number;
  call_me: number;
  visit: number;
  not_now: number;
  not_interested: number;
}

export class ProgressCounts {
  /** E-mails to investors handed over and not refused. `/messages?roundId=…&audience=investor&status=sent` */
  mailsSent: number;
  /** Refused for good: `status=bounced`. */
  mailsBounced: number;
  /** Not delivered after three days of trying: `status=failed`. */
  mailsFailed: number;
  /** Nobody knows whether they went out; they wait for a person: `status=unknown`. */
  mailsUnknown: number;
  /** E-mails that were answered on the answer page: `answered=true`. */
  answered: number;
  /** The same by answer. */
  answers: ProgressAnswers;
  /** People of the round who stopped all promotion mail since, on whatever occasion. */
  optedOut: number;
  /** Steps forward in the pipeline of leads of the round, whoever made them. */
  stageMoves: number;
  /** Steps of the plan that a person did. `/reminders?roundId=…&kind=officer_task,manager_escalation&status=done` */
  tasksDone: number;
  /** Still open after their time: `status=open&due=overdue`. By day: the day they were due. */
  tasksLate: number;
}

export class ProgressDay extends ProgressCounts {
  /** `YYYY-MM-DD`, where the agency is. */
  day: string;
}

export class WaitingStep {
  stepKey: string;
  titleVi: string;
  titleEn: string;
  channel: Channel;
  /** Reminders of it that wait for their time. */
  count: number;
  /** The first of them. */
  dueAt: string;
}

export class ProgressWaiting {
  /** Wait for their time: `/reminders?roundId=…&status=pending`. */
  pending: number;
  /** Lie before a person, late ones included: `status=open`. */
  open: number;
  /** E-mails to investors that are made and not gone yet. `/messages?roundId=…&audience=investor&status=queued,sending` */
  mailsQueued: number;
  /** Of the next reminder that waits; null: none. */
  nextDueAt: string | null;
  /** By step, the next first. */
  steps: WaitingStep[];
}

/** What came of a round since it was first closed. */
export class RoundProgress {
  roundId: string;
  /** Null: open, or open again. */
  closedAt: string | null;
  /** From when on opt-outs and stages count: the first close. Null: never closed. */
  since: string | null;
  /** Each figure is the sum of its days. */
  totals: ProgressCounts;
  /** Leads of the round that moved forward, each once. */
  leadsMoved: number;
  /** Days on which something happened, in order. */
  days: ProgressDay[];
  waiting: ProgressWaiting;
}
