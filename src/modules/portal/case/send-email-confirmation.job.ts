import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/config.js';
import { newId } from '../../../platform/database/ids.js';
import { translate } from '../../../platform/i18n/i18n.js';
import { Mailer } from '../../../platform/mail/mailer.js';

import { Handles } from '../../../platform/queue/handles.js';
import { CaseEmails } from './case-emails.service.js';
import { sendEmailConfirmation } from './case.jobs.js';
import { parseMailbox } from '../../messaging/mail-headers.rules.js';
import { emailChangeToken } from './case-token.rules.js';

/** Asks a mailbox that somebody named whether it is theirs. It names nobody: a stranger may read it. */
@Injectable()
export class SendEmailConfirmationJob {
  constructor(
    private readonly emails: CaseEmails,
    private readonly config: Config,
    private readonly mailer: Mailer,
  ) {}

  /** Run again after a crash it sends the same link again. */
  @Handles(sendEmailConfirmation)
  async handle({ changeId }: { changeId: string }): Promise<void> {
    const change = await this.emails.find(changeId);
    if (!change) return;
    const words = (key: string) => translate(change.language, `mail:case_email_${key}`);
    const link = `${this.config.appUrl}/case/email/${emailChangeToken(change.id, this.config.secretKey)}`;
    const from = parseMailbox(this.config.mailFrom);
    const parts = [words('body'), words('end')];
    await this.mailer.send({
      from,
      to: { name: '', address: change.email },
      subject: words('subject'),
      text: [parts[0], link, parts[1]].join('\n\n'),
      // nothing but our own words and a link of our own letters stands in it
      html: `<p>${parts[0]}</p>\n<p><a href="${link}">${words('button')}</a></p>\n<p>${parts[1]}</p>`,
      messageId: `<${newId()}@${from.address.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }
}
