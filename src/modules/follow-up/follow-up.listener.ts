import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { On } from '../../platform/events/events.js';
import { ConsentWithdrawn } from '../directory/directory.events.js';
import { UserDeactivated } from '../identity/identity.events.js';
import { ActivityLogged, LeadReassigned, LeadStageChanged } from '../leads/leads.events.js';
import { MessageBounced, MessageNotSent } from '../messaging/message.events.js';
import { StopsService } from './stops.service.js';
import { TasksWriter, titleOf } from './tasks.writer.js';

/** News of the modules below. Dispatch would find out by itself; this makes it seen at once. */
@Injectable()
export class FollowUpListener {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly stops: StopsService,
    private readonly tasks: TasksWriter,
  ) {}

  @On(LeadStageChanged)
  async onStage({ leadId, to }: LeadStageChanged): Promise<void> {
    await this.stops.review({ leadIds: [leadId] });
    if (to === 'lost') await this.stops.stopTasks([leadId], 'lead_lost');
  }

  @On(ActivityLogged)
  async onActivity({ leadId, kind }: ActivityLogged): Promise<void> {
    if (kind === 'meeting' || kind === 'visit') await this.stops.review({ leadIds: [leadId] });
  }

  @On(ConsentWithdrawn)
  async onConsentWithdrawn({ contactId }: ConsentWithdrawn): Promise<void> {
    await this.stops.review({ contactIds: [contactId] });
  }

  /** The sequence ends, but not the interest: an officer looks for another way to the firm. */
  @On(MessageBounced)
  async onBounce({ contactId, leadId }: MessageBounced): Promise<void> {
    if (contactId === null) return;
    await this.stops.review({ contactIds: [contactId] });
    if (leadId !== null)
      await this.askOfficer(leadId, { key: 'task_bounced', stepKey: `bounce:${contactId}`, contactId });
  }

  /** Refused by the mail rules at the last moment, or given up after days: the step was not done, and says so. */
  @On(MessageNotSent)
  async onNotSent({ messageId, status, reason, leadId, reminderId }: MessageNotSent): Promise<void> {
    if (reminderId === null) return;
    const skipped = await this.db.execute(
      `UPDATE reminder SET status = 'skipped', reason = $2, closed_at = $3, version = version + 1, updated_at = $3
        WHERE id = $1 AND status = 'sent' AND message_id = $4`,
      [reminderId, reason, this.clock.now(), messageId],
    );
    if (skipped > 0 && status === 'failed' && leadId !== null) {
      await this.askOfficer(leadId, {
        key: 'task_mail_failed',
        stepKey: `failed:${messageId}`,
        contactId: null,
      });
    }
  }

  /** What is still to be done goes with the lead; what a manager was told stays with the manager. */
  @On(LeadReassigned)
  async onReassigned({ leadId, from, to }: LeadReassigned): Promise<void> {
    await this.db.execute(
      `UPDATE reminder SET owner_id = $3, version = version + 1, updated_at = $4
        WHERE id IN (
          SELECT id FROM reminder WHERE lead_id = $1 AND status IN ('pending', 'open', 'cancelled') AND channel <> 'manager_escalation'
             AND (sequence_id IS NOT NULL OR owner_id IS NULL OR owner_id IS NOT DISTINCT FROM $2) ORDER BY id FOR UPDATE)`,
      [leadId, from, to, this.clock.now()],
    );
  }

  /** The rest of what the account had to do, such as tasks on leads of others. */
  @On(UserDeactivated)
  async onUserDeactivated({ userId, handOverTo }: UserDeactivated): Promise<void> {
    await this.db.execute(
      `UPDATE reminder SET owner_id = $2, version = version + 1, updated_at = $3
        WHERE id IN (SELECT id FROM reminder WHERE owner_id = $1 AND status IN ('pending', 'open', 'cancelled') ORDER BY id FOR UPDATE)`,
      [userId, handOverTo, this.clock.now()],
    );
  }

  private async askOfficer(
    leadId: string,
    task: { key: string; stepKey: string; contactId: string | null },
  ): Promise<void> {
    const [lead] = await this.db.query<{ ownerId: string | null }>(
      `SELECT owner_id AS "ownerId" FROM lead WHERE id = $1 AND stage <> 'lost'`,
      [leadId],
    );
    if (!lead) return;
    await this.tasks.write([
      {
        ...titleOf(task.key),
        leadId,
        stepKey: task.stepKey,
        channel: 'officer_task',
        contactId: task.contactId,
        ownerId: lead.ownerId,
        dueAt: await this.calendar.addWorkingDays(this.clock.now(), 1),
        status: 'pending',
      },
    ]);
  }
}
