import { OPEN_OBSTACLE } from '../../leads/obstacles/obstacle.rules.js';
import type { CaseLead, CaseMail, CaseObstacle } from './case.queries.js';

/** Who owes the next step, which one, and by when; the words are `pages:case_next_<key>`. */
export interface NextStep {
  who: 'us' | 'you' | 'nobody';
  key: 'ended' | 'running' | 'resting' | 'visit' | 'obstacle' | 'action' | 'late' | 'answer' | 'open';
  /** By when, or when it is. */
  at?: Date;
  /** A local day. */
  day?: string;
  /** What it is about, in words that the investor has read before. */
  about?: string;
  /** Of the mail that waits for an answer. */
  messageId?: string;
}

/** A mail that went unanswered for so long is no step any more. */
const ANSWER_AWAITED_DAYS = 60;

/**
 * What the investor may know of what comes next. The officer's own notes of it are not shown, only their day: what
 * stands written there is for colleagues.
 */
export function nextStep(
  facts: {
    lead: CaseLead;
    isFinal: boolean;
    obstacles: readonly CaseObstacle[];
    mails: readonly CaseMail[];
    visitAt: Date | null;
  },
  now: Date,
): NextStep {
  const { lead, isFinal, obstacles, mails, visitAt } = facts;
  if (lead.stage === 'lost') return { who: 'nobody', key: 'ended' };
  if (lead.stage === 'dormant') return { who: 'us', key: 'resting', day: lead.wakeOn ?? undefined };
  if (visitAt) return { who: 'us', key: 'visit', at: visitAt };
  const obstacle = obstacles
    .filter(({ status }) => OPEN_OBSTACLE.includes(status))
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())[0];
  if (obstacle)
    return {
      who: 'us',
      key: obstacle.dueAt < now ? 'late' : 'obstacle',
      at: obstacle.dueAt,
      about: obstacle.title,
    };
  if (lead.nextActionAt)
    return { who: 'us', key: lead.nextActionAt < now ? 'late' : 'action', at: lead.nextActionAt };
  if (isFinal) return { who: 'nobody', key: 'running' };
  const asking = mails.find(({ asks }) => asks);
  const awaited = now.getTime() - ANSWER_AWAITED_DAYS * 24 * 3_600_000;
  if (asking && asking.answer === null && asking.sentAt.getTime() > awaited)
    return { who: 'you', key: 'answer', about: asking.subject, messageId: asking.id };
  return { who: 'us', key: 'open' };
}
