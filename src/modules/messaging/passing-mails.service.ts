import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Mailer, MailRejected } from '../../platform/mail/mailer.js';
import { DraftContextQueries } from './draft-context.queries.js';
import { DraftWriter } from './draft-writer.js';
import { mailHeaders, messageIdHeader, parseMailbox } from './mail-headers.rules.js';
import type { MessageDraft } from './message-draft.rules.js';

/** A service mail of which nothing is kept: the last one to somebody who is being forgotten. */
@Injectable()
export class PassingMails {
  constructor(
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly context: DraftContextQueries,
    private readonly writer: DraftWriter,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /**
   * Sends it now. `unreachable`: there is no address, or it refuses for good. Anything else that goes wrong throws what
   * the mailer throws. @param id of what the mail is about; sent again it has the same Message-ID
   */
  async send(draft: MessageDraft, id: string): Promise<'sent' | 'unreachable'> {
    const moment = { now: this.clock.now(), hours: await this.calendar.view() };
    const { messages } = await this.writer.write([draft], await this.context.load([draft]), moment);
    const [message] = messages;
    if (!message) return 'unreachable';
    try {
      await this.mailer.send({
        from: { name: message.fromName, address: parseMailbox(this.config.mailFrom).address },
        to: { name: message.toName, address: message.toAddress },
        subject: message.subject,
        text: message.bodyText,
        html: message.bodyHtml,
        messageId: messageIdHeader(id, this.config.appUrl),
        headers: mailHeaders('service', 'investor', null),
      });
      return 'sent';
    } catch (error) {
      if (error instanceof MailRejected && error.recipient) return 'unreachable';
      throw error;
    }
  }
}
