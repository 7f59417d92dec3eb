import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Forbidden, NotFound } from '../../platform/http/problem.js';
import { Events } from '../../platform/events/events.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { roleMay } from '../identity/permissions.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import { MessageSent } from './message.events.js';
import type { MessageStatus } from './message.entity.js';
import { assertTransition } from './message.rules.js';
import { sendMessage } from './messaging.jobs.js';

interface Locked {
  id: string;
  status: MessageStatus;
  version: number;
  audience: string;
  contactId: string | null;
  userId: string | null;
  leadId: string | null;
  reminderId: string | null;
  roundId: string | null;
  subject: string;
  toName: string;
  claimedAt: Date | null;
  own: boolean;
}

/** What a person decides about a mail that the program could not bring to an end. */
@Injectable()
export class MessageDecisions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly timeline: Timeline,
    private readonly events: Events,
    private readonly queue: JobQueue,
  ) {}

  /** Of `failed` and `unknown`: try once more, under the same Message-ID. The rules are asked again when it goes out. */
  retry(id: string, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const message = await this.lock(id, version, 'queued');
      await this.db.execute(
        `UPDATE message SET status = 'queued', not_before = $2, attempts = 0, first_tried_at = NULL, error_code = NULL, version = version + 1 WHERE id = $1`,
        [id, this.clock.now()],
      );
      await this.note(message, 'mail_retried');
      this.db.afterCommit(() => this.queue.add(sendMessage, { messageId: id }, { jobId: `message-${id}-0` }));
    });
  }

  /** Of `unknown`: the person found out that it arrived. It counts as sent when the attempt began. */
  markSent(id: string, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const message = await this.lock(id, version, 'sent');
      const sentAt = message.claimedAt ?? this.clock.now();
      await this.db.execute(
        `UPDATE message SET status = 'sent', sent_at = $2, error_code = NULL, version = version + 1 WHERE id = $1`,
        [id, sentAt],
      );
      await this.note(message, 'mail_marked_sent');
      const { contactId, userId, leadId, reminderId, roundId } = message;
      await this.events.publish(
        new MessageSent([{ messageId: id, contactId, userId, leadId, reminderId, roundId, sentAt }]),
      );
    });
  }

  private async lock(id: string, version: number, to: 'queued' | 'sent'): Promise<Locked> {
    const actor = currentActor() ?? SYSTEM;
    const [message] = await this.db.query<Locked>(LOCK, [id, actor.id]);
    if (!message) throw new NotFound('message_not_found');
    if (!message.own && !(actor.role && roleMay(actor.role, 'message.write_any'))) throw new Forbidden();
    assertVersion(message.version, version);
    assertTransition(message.status, to);
    return message;
  }

  private async note({ id, leadId, audience, subject, toName }: Locked, kind: string): Promise<void> {
    if (leadId && audience === 'investor') {
      await this.timeline.append([
        { leadId, kind, refType: 'message', refId: id, data: { subject, to: toName } },
      ]);
    }
  }
}

/** `own`: the officer writes in its name, or owns or helps with the lead. */
const LOCK = `
  SELECT m.id, m.status, m.version, m.audience, m.contact_id AS "contactId", m.user_id AS "userId", m.lead_id AS "leadId", m.reminder_id AS "reminderId",
         m.round_id AS "roundId", m.subject, m.to_name AS "toName", m.claimed_at AS "claimedAt",
         coalesce(m.officer_id = $2 OR m.user_id = $2, false)
           OR EXISTS (SELECT 1 FROM lead l WHERE l.id = m.lead_id AND l.owner_id = $2)
           OR EXISTS (SELECT 1 FROM lead_helper h WHERE h.lead_id = m.lead_id AND h.user_id = $2) AS own
    FROM message m WHERE m.id = $1 FOR UPDATE OF m`;
