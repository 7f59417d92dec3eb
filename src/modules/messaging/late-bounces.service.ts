import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DeliveryNews } from './delivery-news.js';
import type { Message } from './message.entity.js';

type BouncedMessage = Pick<
  Message,
  'id' | 'audience' | 'contactId' | 'userId' | 'leadId' | 'reminderId' | 'roundId' | 'subject' | 'toName'
>;

/** Mails that a server took and that another one refused later, as its report says. */
@Injectable()
export class LateBounces {
  constructor(
    private readonly db: Database,
    private readonly news: DeliveryNews,
  ) {}

  /**
   * Exactly what a refusal at the door does: the message bounced, its contact's address is dead, whoever listens is
   * told. A contact who has another address by now keeps it. False when the message was not on its way.
   * @param code as the delivery names it @example "smtp_550"
   */
  record(messageId: string, code: string): Promise<boolean> {
    return this.db.transaction(async () => {
      const [message] = await this.db.query<BouncedMessage>(
        `UPDATE message m SET status = 'bounced', error_code = $2, error_text = NULL, version = m.version + 1
          WHERE m.id = $1 AND m.status IN ('sent', 'unknown')
         RETURNING m.id, m.audience, m.user_id AS "userId", m.lead_id AS "leadId", m.reminder_id AS "reminderId", m.round_id AS "roundId",
           m.subject, m.to_name AS "toName",
           (SELECT c.id FROM contact c WHERE c.id = m.contact_id AND c.email = m.to_address) AS "contactId"`,
        [messageId, code],
      );
      if (!message) return false;
      await this.news.tell([{ message, outcome: { status: 'bounced', code } }]);
      return true;
    });
  }
}
