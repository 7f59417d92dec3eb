import type { MailAddress, OutgoingMail } from '../../platform/mail/mailer.js';
import { translate } from '../../platform/i18n/i18n.js';
import type { AppUser } from './app-user.entity.js';
import type { PasswordLinkReason } from './identity.jobs.js';

export interface PasswordLinkFacts {
  user: AppUser;
  reason: PasswordLinkReason;
  link: string;
  id: string;
  /** As in `MAIL_FROM`. */
  mailFrom: string;
}

export function passwordLinkMail({ user, reason, link, id, mailFrom }: PasswordLinkFacts): OutgoingMail {
  const words = (key: string, params: Record<string, unknown> = {}) =>
    translate(user.language, `mail:identity_${key}`, params);
  const greeting = words('greeting', { name: user.name });
  const before = words(`${reason}_body`, { email: user.email });
  const after = words(`${reason}_end`);
  const from = readAddress(mailFrom);
  return {
    from,
    to: { name: user.name, address: user.email },
    subject: words(`${reason}_subject`),
    text: [greeting, before, link, after].join('\n\n'),
    html: [greeting, before]
      .map((text) => `<p>${escape(text)}</p>`)
      .concat(
        `<p><a href="${escape(link)}">${escape(words(`${reason}_button`))}</a></p>`,
        `<p>${escape(after)}</p>`,
      )
      .join('\n'),
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function readAddress(text: string): MailAddress {
  const match = /^\s*"?(.*?)"?\s*<([^<>\s]+)>\s*$/.exec(text);
  return match ? { name: match[1]!, address: match[2]! } : { name: '', address: text.trim() };
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
