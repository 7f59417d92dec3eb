import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Events } from '../../platform/events/events.js';
import { ContactsService } from '../directory/contacts.service.js';
import { LeadsService } from '../leads/leads.service.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { Delivered } from './delivery.rules.js';
import { MessageBounced, MessageNotSent, MessageSent } from './message.events.js';

/** What came of a delivery, and as much of the message as is told. */
export interface Told {
  message: Pick<
    Delivered['message'],
    'id' | 'audience' | 'contactId' | 'userId' | 'leadId' | 'reminderId' | 'roundId' | 'subject' | 'toName'
  >;
  outcome: Delivered['outcome'];
}

/** Who has to know what came of a delivery, in the transaction that records it. */
@Injectable()
export class DeliveryNews {
  constructor(
    private readonly clock: Clock,
    private readonly timeline: Timeline,
    private readonly leads: LeadsService,
    private readonly contacts: ContactsService,
    private readonly events: Events,
  ) {}

  async tell(delivered: readonly Told[]): Promise<void> {
    const settled = delivered.filter(({ outcome }) => outcome.status !== 'queued');
    if (settled.length === 0) return;
    await this.timeline.append(settled.flatMap((one) => this.entryOf(one)));
    await this.tellSent(settled);
    for (const one of settled) await this.tellNotSent(one);
  }

  private async tellSent(settled: readonly Told[]): Promise<void> {
    const sent = settled.flatMap(({ message, outcome }) => {
      if (outcome.status !== 'sent') return [];
      const { id: messageId, contactId, userId, leadId, reminderId, roundId } = message;
      return [{ messageId, contactId, userId, leadId, reminderId, roundId, sentAt: outcome.sentAt }];
    });
    if (sent.length === 0) return;
    const reached = sent.flatMap(({ contactId, leadId }) => (contactId && leadId ? leadId : []));
    if (reached.length > 0) await this.leads.markAcknowledged([...new Set(reached)].sort(), this.clock.now());
    await this.events.publish(new MessageSent(sent));
  }

  private async tellNotSent({ message, outcome }: Told): Promise<void> {
    const { id, contactId, leadId, reminderId } = message;
    if (outcome.status === 'bounced') {
      if (contactId) await this.contacts.markBounced(contactId, this.clock.now());
      await this.events.publish(new MessageBounced(id, contactId, leadId, reminderId));
    } else if (outcome.status === 'cancelled' || outcome.status === 'failed') {
      await this.events.publish(new MessageNotSent(id, outcome.status, outcome.code, leadId, reminderId));
    }
  }

  /** An investor's mail is part of the lead's story; a notice to an officer is not. */
  private entryOf({ message, outcome }: Told) {
    if (message.leadId === null || message.audience !== 'investor') return [];
    const data = {
      subject: message.subject,
      to: message.toName,
      ...('code' in outcome && { reason: outcome.code }),
    };
    const at = outcome.status === 'sent' ? outcome.sentAt : this.clock.now();
    return [
      {
        leadId: message.leadId,
        kind: `mail_${outcome.status}`,
        at,
        refType: 'message',
        refId: message.id,
        data,
      },
    ];
  }
}
