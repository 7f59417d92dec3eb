import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { tokenLink } from './answer-token.rules.js';
import type { ClaimedMessage } from './delivery.rules.js';
import { agencyName } from './letters/letter-values.js';
import { mailHeaders, parseMailbox, type Mailbox } from './mail-headers.rules.js';
import { replyMailbox } from './reply-address.rules.js';
import { SendingLimits } from './sending-limits.js';

/** The envelope of a message: from, to, reply, headers; within what may go out an hour and a day. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly limits: SendingLimits,
  ) {}

  /** Null when it may go now, otherwise from when on. Whoever gets null calls `release`. */
  reserve(message: ClaimedMessage): Promise<Date | null> {
    return this.limits.take(message.toDomain);
  }

  release(message: ClaimedMessage, sent: boolean): void {
    this.limits.done(message.toDomain, sent);
  }

  /** @param mayStillGo asked when its turn has come; an answer of no leaves it unsent, with an error */
  async send(message: ClaimedMessage, mayStillGo: () => Promise<boolean>): Promise<void> {
    const { purpose, audience } = message;
    const optOut =
      purpose === 'promotion'
        ? tokenLink(this.config.appUrl, message.id, 'opt_out', this.config.secretKey)
        : null;
    const replyTo = audience === 'investor' ? this.replyTo(message) : undefined;
    const mail = {
      from: { name: message.fromName, address: parseMailbox(this.config.mailFrom).address },
      to: { name: message.toName, address: message.toAddress },
      ...(replyTo && { replyTo }),
      subject: message.subject,
      text: message.bodyText,
      html: message.bodyHtml,
      messageId: message.messageIdHeader,
      headers: mailHeaders(purpose, audience, optOut),
      ...(message.invitation && { invitation: message.invitation }),
    };
    await this.mailer.send(mail, mayStillGo);
  }

  private replyTo({ id, officerName, replyTo }: ClaimedMessage): Mailbox | undefined {
    const { inboxAddress, secretKey } = this.config;
    const letter = { id, officerName, officerAddress: replyTo, agency: agencyName(this.config) };
    return replyMailbox(letter, inboxAddress, secretKey);
  }
}
