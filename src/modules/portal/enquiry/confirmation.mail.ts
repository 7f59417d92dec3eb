import type { Config } from '../../../platform/config/config.js';
import { translate } from '../../../platform/i18n/i18n.js';
import type { OutgoingMail } from '../../../platform/mail/mailer.js';
import { escapeHtml } from '../../messaging/letters/escape.rules.js';
import { messageIdHeader, parseMailbox } from '../../messaging/mail-headers.rules.js';
import { confirmationToken } from './form-token.rules.js';
import type { UnconfirmedEnquiry } from './unconfirmed-enquiry.entity.js';

/** Asks whether the enquiry is the reader's. Nothing that was typed into the form stands in it. */
export function confirmationMail(
  { id, email, language, reference }: Pick<UnconfirmedEnquiry, 'id' | 'email' | 'language' | 'reference'>,
  config: Config,
): OutgoingMail {
  const sender = parseMailbox(config.mailFrom);
  const agency = sender.name || sender.address;
  const words = (key: string) => translate(language, `pages:enquiry_mail_${key}`, { reference, agency });
  const prefix = language === 'vi' ? '' : `/${language}`;
  const link = `${config.appUrl}${prefix}/enquiry/confirm/${confirmationToken(id, config.secretKey)}`;
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return {
    from: { name: agency, address: sender.address },
    to: { name: '', address: email },
    subject: words('subject'),
    text: [words('greeting'), words('body'), link, words('end'), agency].join('\n\n'),
    html:
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body>` +
      paragraph(words('greeting')) +
      paragraph(words('body')) +
      `<p><a href="${escapeHtml(link)}">${escapeHtml(words('button'))}</a></p>` +
      paragraph(words('end')) +
      paragraph(agency) +
      '</body></html>',
    messageId: messageIdHeader(id, config.appUrl),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
