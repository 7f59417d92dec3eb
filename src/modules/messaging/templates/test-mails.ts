import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { currentActor } from '../../../platform/database/actor.js';
import { newId } from '../../../platform/database/ids.js';
import { Conflict, ProblemError } from '../../../platform/http/problem.js';
import { translate } from '../../../platform/i18n/i18n.js';
import { Mailer, MailOutcomeUnknown } from '../../../platform/mail/mailer.js';
import { UsersQueries } from '../../identity/users.queries.js';
import { mailHeaders, messageIdHeader, parseMailbox } from '../mail-headers.rules.js';
import { TemplatePreview } from './template-preview.js';
import type { TestMail, TestMailAnswer } from './templates.dto.js';

/** To one person. Each process counts for itself. */
const AT_MOST = 10;
const HOUR_MS = 3_600_000;

/** A letter with made-up people, by real mail to whoever asks for it. It is no message: nothing is stored. */
@Injectable()
export class TestMails {
  private readonly sent = new Map<string, number[]>();

  constructor(
    private readonly previews: TemplatePreview,
    private readonly users: UsersQueries,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async send(templateId: string, { language, ...text }: TestMail): Promise<TestMailAnswer> {
    const actor = currentActor();
    if (actor?.kind !== 'user' || actor.id === null) throw new Conflict('program_without_address');
    const user = await this.users.get(actor.id);
    const letter = await this.previews.preview(templateId, { language, ...text });
    this.takePlace(user.id);
    const subject = translate(language, 'messaging:test_subject', { subject: letter.subject });
    try {
      await this.mailer.send({
        from: {
          name: translate(language, 'messaging:test_sender'),
          address: parseMailbox(this.config.mailFrom).address,
        },
        to: { name: user.name, address: user.email },
        subject,
        text: letter.text,
        html: letter.html,
        messageId: messageIdHeader(newId(), this.config.appUrl),
        headers: mailHeaders('service', 'officer', null),
      });
    } catch (error) {
      if (error instanceof MailOutcomeUnknown) throw new ProblemError(503, 'test_mail_unknown');
      throw new ProblemError(503, 'test_mail_not_sent');
    }
    return { toAddress: user.email, subject };
  }

  private takePlace(userId: string): void {
    const now = this.clock.now().getTime();
    for (const [id, times] of this.sent) if (times.every((at) => at <= now - HOUR_MS)) this.sent.delete(id);
    const recent = (this.sent.get(userId) ?? []).filter((at) => at > now - HOUR_MS);
    if (recent.length >= AT_MOST) throw new ProblemError(429, 'too_many_test_mails', { limit: AT_MOST });
    this.sent.set(userId, [...recent, now]);
  }
}
