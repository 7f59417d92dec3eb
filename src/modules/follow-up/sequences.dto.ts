import { NamedRef } from '../../platform/http/fields.js';
import type { SequenceStatus } from './follow-up-sequence.entity.js';
import { ReminderAnswer } from './reminders.dto.js';
import type { Attendance } from './sequence.rules.js';

export class SequencePlan {
  id: string;
  name: string;
  /** The version it follows. */
  version: number;
}

export class SequenceAnswer {
  id: string;
  leadId: string;
  round: NamedRef;
  /** Whom the e-mails go to. */
  contact: NamedRef | null;
  plan: SequencePlan;
  /** When the round was closed: every offset counts from here. */
  anchorAt: string;
  /** Later than `anchorAt` for a participant added after the close. */
  startedAt: string;
  attendance: Attendance;
  hasClusterInterest: boolean;
  /** `paused`: the round was opened again. */
  status: SequenceStatus;
  /** Why it ended early: a code. @example "answered_not_now" */
  stopReason: string | null;
  stoppedAt: string | null;
  /** What was done and what is to come, by time. */
  steps: ReminderAnswer[];
}

export class SequenceList {
  items: SequenceAnswer[];
}
