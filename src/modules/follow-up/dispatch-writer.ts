import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { UsersQueries, type UserSummary } from '../identity/users.queries.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { MessageDraft } from '../messaging/message-draft.rules.js';
import { MessagesService, type CreatedMessages } from '../messaging/messages.service.js';
import type { DispatchDecision } from './dispatch.rules.js';
import type { ClaimedReminder } from './due-reminders.queries.js';
import { MANAGER_TEMPLATE, managerOf } from './escalation.rules.js';
import type { ReminderStatus } from './reminder.rules.js';
import type { SequenceFacts } from './sequence-facts.queries.js';
import { SequencesWriter } from './sequences.writer.js';
import { reasonWords } from './tasks.writer.js';

export interface Decided {
  reminder: ClaimedReminder;
  decision: DispatchDecision;
  facts: SequenceFacts | null;
}

/** What became of a due reminder. */
export interface Settled {
  reminder: ClaimedReminder;
  status: Extract<ReminderStatus, 'sent' | 'open' | 'skipped' | 'stopped' | 'cancelled'>;
  reason?: string;
  messageId?: string;
  ownerId?: string | null;
}

/** Writes a batch of decisions: the messages in one go, the reminders in one statement. */
@Injectable()
export class DispatchWriter {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly messages: MessagesService,
    private readonly users: UsersQueries,
    private readonly sequences: SequencesWriter,
    private readonly timeline: Timeline,
  ) {}

  async write(batch: {
    settled: readonly Settled[];
    mails: readonly Decided[];
    openings: readonly Decided[];
  }): Promise<void> {
    const managers = batch.openings.some(({ reminder }) => reminder.channel === 'manager_escalation')
      ? await this.users.activeManagers()
      : [];
    const opened = batch.openings.map((item) => openedBy(item, managers));
    const notices = opened.flatMap((item) => noticeOf(item) ?? []);
    const created = await this.messages.create([...batch.mails.map(mailOf), ...notices]);
    const all = [...batch.settled, ...batch.mails.map((item) => mailed(item, created)), ...opened];
    await this.update(all);
    await this.sequences.settleStatus(all.flatMap(({ reminder }) => reminder.sequence?.id ?? []));
    await this.timeline.append(all.flatMap((item) => storyOf(item) ?? []));
  }

  private async update(items: readonly Settled[]): Promise<void> {
    if (items.length === 0) return;
    await this.db.execute(
      `UPDATE reminder r
          SET status = n.status, reason = n.reason, message_id = coalesce(n.message_id, r.message_id),
              owner_id = coalesce(n.owner_id, r.owner_id), version = r.version + 1, updated_at = $6,
              dispatched_at = CASE WHEN n.status IN ('sent', 'open') THEN coalesce(r.dispatched_at, $6) ELSE r.dispatched_at END,
              closed_at = CASE WHEN n.status IN ('sent', 'skipped', 'stopped') THEN $6::timestamptz END
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[]) AS n (id, status, reason, message_id, owner_id)
        WHERE r.id = n.id AND r.status = 'pending'`,
      [
        items.map((item) => item.reminder.id),
        items.map((item) => item.status),
        items.map((item) => item.reason ?? null),
        items.map((item) => item.messageId ?? null),
        items.map((item) => item.ownerId ?? null),
        this.clock.now(),
      ],
    );
  }
}

function mailOf({ reminder, facts }: Decided): MessageDraft {
  return {
    dedupeKey: mailKey(reminder.id),
    templateId: reminder.templateId!,
    contactId: reminder.contactId!,
    leadId: reminder.leadId,
    ...(facts?.ownerId && { officerId: facts.ownerId }),
    reminderId: reminder.id,
    ...(reminder.roundId && { roundId: reminder.roundId }),
    ...(reminder.sequence && { facts: { round: { name: reminder.sequence.roundName } } }),
  };
}

/** The mail exists, or the mail rules refused it at the last moment. */
function mailed({ reminder }: Decided, created: CreatedMessages): Settled {
  const messageId = created.byKey.get(mailKey(reminder.id));
  if (messageId !== undefined) return { reminder, status: 'sent', messageId };
  const refusal = created.refused.find((one) => one.dedupeKey === mailKey(reminder.id));
  return { reminder, status: 'skipped', reason: refusal?.reason ?? 'no_address' };
}

/** A task goes to the lead's owner of today unless it has one of its own; an escalation to a manager. */
function openedBy({ reminder, facts }: Decided, managers: readonly UserSummary[]): Settled {
  const ownerId =
    reminder.channel === 'manager_escalation' ? managerOf(reminder.leadId, managers)?.id : facts?.ownerId;
  return {
    reminder,
    status: 'open',
    ownerId: reminder.ownerId && reminder.channel === 'officer_task' ? reminder.ownerId : (ownerId ?? null),
  };
}

/** Told by mail where the step names a text for it; a manager always is. Once, also after a snooze. */
function noticeOf({ reminder, ownerId }: Settled): MessageDraft | null {
  const userId = ownerId ?? reminder.ownerId;
  const forManager = reminder.channel === 'manager_escalation';
  if (!userId || (!forManager && reminder.audience !== 'officer')) return null;
  return {
    dedupeKey: `notice:${reminder.id}`,
    ...(reminder.audience === 'officer'
      ? { templateId: reminder.templateId! }
      : { templateCode: MANAGER_TEMPLATE }),
    userId,
    ...(reminder.contactId && { contactId: reminder.contactId }),
    leadId: reminder.leadId,
    reminderId: reminder.id,
    ...(reminder.roundId && { roundId: reminder.roundId }),
    facts: {
      ...(reminder.sequence && { round: { name: reminder.sequence.roundName } }),
      task: { titleVi: reminder.titleVi, titleEn: reminder.titleEn, dueAt: reminder.dueAt },
    },
  };
}

/** A mail tells its own story once it is sent. */
function storyOf({ reminder, status, reason }: Settled) {
  if (status !== 'open' && status !== 'skipped') return null;
  const data = {
    titleVi: reminder.titleVi,
    titleEn: reminder.titleEn,
    channel: reminder.channel,
    ...(reason && reasonWords(reason)),
  };
  return {
    leadId: reminder.leadId,
    kind: status === 'open' ? 'task_opened' : 'step_skipped',
    refType: 'reminder',
    refId: reminder.id,
    data,
  };
}

function mailKey(reminderId: string): string {
  return `reminder:${reminderId}`;
}
