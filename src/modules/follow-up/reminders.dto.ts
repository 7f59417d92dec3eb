import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CommaList, IsInstant, Line, NamedRef, QueryFlag, Text } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { MessageStatus } from '../messaging/message.entity.js';
import { REMINDER_STATUSES, TASK_OUTCOMES, type ReminderStatus, type TaskOutcome } from './reminder.rules.js';
import { CHANNELS, type Channel } from './sequence.rules.js';

const UUID_OR_WORD = /^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

export class RemindersQuery extends PageQuery {
  /**
   * `overdue`: due before now; `today`: due on this local day; `week`: today and the six days after. Without `status`
   * only what still waits.
   */
  @IsOptional()
  @IsIn(['overdue', 'today', 'week'])
  due?: 'overdue' | 'today' | 'week';

  /** A user's id, `me`, or `none`. */
  @IsOptional()
  @Matches(UUID_OR_WORD)
  ownerId?: string;

  @IsOptional()
  @IsUUID()
  roundId?: string;

  @IsOptional()
  @IsUUID()
  leadId?: string;

  /** @example "pending,open" */
  @CommaList({ allowed: REMINDER_STATUSES })
  status?: string[];

  /** Channels. @example "officer_task,manager_escalation" */
  @CommaList({ allowed: CHANNELS })
  kind?: string[];

  /** Only tasks of which a manager was told, or only others. */
  @QueryFlag()
  escalated?: boolean;
}

export class CreateReminder {
  @IsUUID()
  leadId: string;

  /** What is to be done; at most 300 characters. */
  @Line(300)
  title: string;

  /** In the future. */
  @IsInstant()
  dueAt: string;

  /** An active user; left out: yourself. */
  @IsOptional()
  @IsUUID()
  ownerId?: string;
}

export class CompleteReminder {
  /** What came of it; left out: done, and no more said. */
  @IsOptional()
  @IsIn(TASK_OUTCOMES)
  outcome?: TaskOutcome | null;

  /** At most 4,000 characters. */
  @IsOptional()
  @Text(4000)
  note?: string | null;

  /** What comes next: noted on the lead, and a task of its own. With `nextActionAt`. */
  @IsOptional()
  @Line(300)
  nextAction?: string | null;

  /** When; in the future. */
  @IsOptional()
  @IsInstant()
  nextActionAt?: string | null;
}

export class SnoozeReminder {
  /** Within 90 days; moved to working time where it lies outside. */
  @IsInstant()
  until: string;
}

export class UnsnoozeReminder {
  /** When it was due before it was put off: not before it was first due, and earlier than now planned. */
  @IsInstant()
  dueAt: string;
}

export class CancelReminder {
  /** Why it is not needed; at most 500 characters. */
  @IsOptional()
  @Text(500)
  reason?: string | null;
}

export class ReassignReminder {
  /** An active user. */
  @IsUUID()
  ownerId: string;
}

export class ReminderLead {
  id: string;
  reference: string;
  kind: LeadKind;
  stage: string;
}

export class ReminderMessage {
  id: string;
  status: MessageStatus;
}

export class ReminderAnswer {
  id: string;
  /** The same as `channel`. */
  kind: Channel;
  channel: Channel;
  titleVi: string;
  titleEn: string;
  status: ReminderStatus;
  /** Why it was skipped, stopped or cancelled: a code. */
  reason: string | null;
  leadId: string;
  lead: ReminderLead;
  firm: NamedRef;
  contact: NamedRef | null;
  /** The round whose follow-up it is part of. */
  round: NamedRef | null;
  sequenceId: string | null;
  stepId: string | null;
  /** The step's key in its plan, or what made it: `manual:…`, `escalation:…`, `service:…`, `wake:…`, `answer:…`, `bounce:…`. */
  stepKey: string;
  owner: NamedRef | null;
  dueAt: string;
  /** As first computed, before any snooze. */
  originalDueAt: string;
  /** How late, while it waits. */
  lateSeconds: number;
  /** Whole working days. */
  lateWorkingDays: number;
  /** When it was sent or came before a person. */
  dispatchedAt: string | null;
  closedAt: string | null;
  closedBy: NamedRef | null;
  outcome: string | null;
  note: string | null;
  message: ReminderMessage | null;
  /** When a manager was told that it lay too long. */
  escalatedAt: string | null;
  snoozeCount: number;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class ReminderPage implements Page<ReminderAnswer> {
  items: ReminderAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}
