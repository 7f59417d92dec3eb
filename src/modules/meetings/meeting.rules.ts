import { RuleError } from '../../platform/http/rule-error.js';
import { Word } from '../../platform/i18n/word.js';
import type { MeetingStatus } from './meeting.entity.js';

/** Only what is agreed can be moved, called off or said to be held. */
export function assertBooked(status: MeetingStatus): void {
  if (status !== 'booked')
    throw new RuleError('meeting_is_over', { status: new Word(`meetings:status_${status}`) });
}

export function assertBegun({ startsAt }: { startsAt: Date }, now: Date): void {
  if (startsAt > now) throw new RuleError('meeting_not_begun');
}

/** How often an investor may book, move and cancel in a day before somebody has to talk to them. */
export const CHANGES_A_DAY = 12;
