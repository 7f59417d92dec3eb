import { Injectable } from '@nestjs/common';
import { runAs, type Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { ConsentService } from '../directory/consent.service.js';
import { FollowUpService } from '../follow-up/follow-up.service.js';
import { UsersQueries } from '../identity/users.queries.js';
import { IncomingMailRecords } from '../leads/incoming-mail.service.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import { LateBounces } from '../messaging/late-bounces.service.js';
import { InboxNotices } from './inbox-notices.js';
import type { InboundMail } from './inbound-mail.entity.js';

/** What the lines of a lead's story about mails that came in lead to. */
export const REF_TYPE = 'inbound_mail';

type Line = { kind: string; data: Record<string, unknown> };

/** How a mail is told: in the lead's story, and to its owner. */
@Injectable()
export class InboxTelling {
  constructor(
    private readonly db: Database,
    private readonly timeline: Timeline,
    private readonly records: IncomingMailRecords,
    private readonly users: UsersQueries,
    private readonly notices: InboxNotices,
  ) {}

  async line(mail: InboundMail): Promise<void> {
    const line = mail.leadId === null ? null : await this.lineOf(mail);
    if (line === null) return;
    await this.timeline.append([
      { leadId: mail.leadId!, at: mail.receivedAt, refType: REF_TYPE, refId: mail.id, ...line },
    ]);
  }

  /** What comes next is said in the owner's language. */
  async owner(
    mail: InboundMail,
    task: { titleVi: string; titleEn: string; dueAt: Date; ownerId: string | null },
  ): Promise<void> {
    const [owner] = task.ownerId ? await this.users.getMany([task.ownerId]) : [];
    const title = owner?.language === 'en' ? task.titleEn : task.titleVi;
    await this.records.becomeNext(mail.leadId!, title, task.dueAt);
    await this.notices.received(mail, task);
  }

  private async lineOf(mail: InboundMail): Promise<Line | null> {
    const from = writerOf(mail);
    switch (mail.kind) {
      case 'auto_reply':
        return { kind: 'mail_auto_reply', data: { from } };
      case 'out_of_office':
        return mail.returnOn
          ? { kind: 'mail_out_of_office_until', data: { from, wakeOn: mail.returnOn } }
          : { kind: 'mail_out_of_office', data: { from } };
      case 'read_receipt':
        return { kind: 'mail_read_receipt', data: { from } };
      case 'calendar_reply':
        return { kind: 'mail_calendar_reply', data: { from, answer: mail.meetingReply } };
      case 'unsubscribe_request':
        return { kind: 'mail_opt_out', data: { from } };
      case 'bounce_soft':
        return { kind: 'mail_delayed', data: await this.letterOf(mail) };
      default:
        return null;
    }
  }

  private async letterOf({ messageId, bounceCode }: InboundMail): Promise<Record<string, unknown>> {
    const [letter] = await this.db.query<{ subject: string; to: string }>(
      `SELECT subject, to_name AS to FROM message WHERE id = $1`,
      [messageId],
    );
    return { ...letter, reason: bounceCode };
  }
}

export function writerOf({ fromName, fromAddress }: Pick<InboundMail, 'fromName' | 'fromAddress'>): string {
  return fromName || fromAddress;
}

/** What follows from a mail that has its lead. Nothing ever writes back by itself. */
@Injectable()
export class MailEffects {
  constructor(
    private readonly db: Database,
    private readonly records: IncomingMailRecords,
    private readonly followUp: FollowUpService,
    private readonly bounces: LateBounces,
    private readonly consent: ConsentService,
    private readonly told: InboxTelling,
  ) {}

  /** In the caller's transaction. @param optOutContacts who asks for no more mail, where the mail does */
  async apply(mail: InboundMail, optOutContacts: readonly string[]): Promise<void> {
    if (mail.kind === 'bounce_hard') {
      if (mail.messageId) await this.bounces.record(mail.messageId, mail.bounceCode ?? 'smtp_550');
    } else if (mail.kind === 'unsubscribe_request') await this.stopAdvertising(mail, optOutContacts);
    else if (mail.kind === 'reply') await this.answer(mail);
    else await this.told.line(mail);
  }

  /** A person's own words: on record, an end to the sequence, a task with its clock, news for the owner. */
  private async answer(mail: InboundMail): Promise<void> {
    if (mail.leadId === null) return;
    const { id, leadId, contactId, receivedAt: at, subject, words, otherAddress } = mail;
    const from = writerOf(mail);
    const { activityId } = await this.records.received({
      leadId,
      contactId,
      at,
      subject,
      words: words || mail.text,
      from,
      otherAddress,
      refType: REF_TYPE,
      refId: id,
    });
    mail.activityId = activityId;
    await this.db.execute(`UPDATE inbound_mail SET activity_id = $2 WHERE id = $1`, [id, activityId]);
    const task = await this.followUp.stopForMail(leadId, { key: id, from, contactId });
    if (task) await this.told.owner(mail, task);
  }

  /** A reply was another lead's: what followed from it here is undone, or the whole is refused. */
  async undo(mail: InboundMail): Promise<void> {
    const { id, leadId, activityId } = mail;
    if (leadId === null) return;
    const taskDueAt = await this.followUp.takeBackMail(leadId, id);
    mail.activityId = null;
    await this.db.execute(`UPDATE inbound_mail SET activity_id = NULL WHERE id = $1`, [id]);
    const from = writerOf(mail);
    await this.records.takeBack({ leadId, activityId, refType: REF_TYPE, refId: id, from, taskDueAt });
  }

  /** Decree 91/2020: a refusal holds at once. The ledger keeps where it was said. */
  private async stopAdvertising(mail: InboundMail, contactIds: readonly string[]): Promise<void> {
    for (const contactId of contactIds) {
      const name = writerOf(mail);
      const actor: Actor = { kind: 'investor', id: contactId, name, role: null };
      await runAs(actor, () =>
        this.consent.record({
          contactId,
          purpose: 'promotion_mail',
          action: 'withdrawn',
          channel: 'mail',
          evidence: `inbound mail ${mail.id}: ${(mail.words || mail.subject).slice(0, 200)}`,
          ...(mail.fromAddress && { address: mail.fromAddress }),
        }),
      );
    }
    await this.told.line(mail);
  }
}
