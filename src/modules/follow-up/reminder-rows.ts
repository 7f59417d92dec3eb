import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { MessageStatus } from '../messaging/message.entity.js';
import type { ReminderAnswer } from './reminders.dto.js';
import type { ReminderStatus } from './reminder.rules.js';
import type { Channel } from './sequence.rules.js';

/** As the SQL of the list gives it. */
export interface ReminderListRow {
  id: string;
  leadId: string;
  reference: string;
  leadKind: LeadKind;
  stage: string;
  firmId: string;
  firmName: string;
  roundId: string | null;
  roundName: string | null;
  contactId: string | null;
  contactName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  sequenceId: string | null;
  stepId: string | null;
  stepKey: string;
  channel: Channel;
  titleVi: string;
  titleEn: string;
  dueAt: Date;
  originalDueAt: Date;
  status: ReminderStatus;
  reason: string | null;
  messageId: string | null;
  messageStatus: MessageStatus | null;
  dispatchedAt: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
  closerName: string | null;
  outcome: string | null;
  note: string | null;
  escalatedAt: Date | null;
  snoozeCount: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export function toReminder(row: ReminderListRow, hours: WorkingTime, now: Date): ReminderAnswer {
  const isWaiting = row.status === 'pending' || row.status === 'open';
  const lateMs = isWaiting ? Math.max(0, now.getTime() - row.dueAt.getTime()) : 0;
  return {
    id: row.id,
    kind: row.channel,
    channel: row.channel,
    titleVi: row.titleVi,
    titleEn: row.titleEn,
    status: row.status,
    reason: row.reason,
    leadId: row.leadId,
    lead: { id: row.leadId, reference: row.reference, kind: row.leadKind, stage: row.stage },
    firm: { id: row.firmId, name: row.firmName },
    contact: refOf(row.contactId, row.contactName),
    round: row.roundId && row.roundName ? { id: row.roundId, name: row.roundName } : null,
    sequenceId: row.sequenceId,
    stepId: row.stepId,
    stepKey: row.stepKey,
    owner: refOf(row.ownerId, row.ownerName),
    dueAt: row.dueAt.toISOString(),
    originalDueAt: row.originalDueAt.toISOString(),
    lateSeconds: Math.floor(lateMs / 1000),
    lateWorkingDays: lateMs > 0 ? hours.workingDaysBetween(row.dueAt, now) : 0,
    dispatchedAt: row.dispatchedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: refOf(row.closedBy, row.closerName),
    outcome: row.outcome,
    note: row.note,
    message: row.messageId && row.messageStatus ? { id: row.messageId, status: row.messageStatus } : null,
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    snoozeCount: row.snoozeCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function refOf(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? '' };
}
