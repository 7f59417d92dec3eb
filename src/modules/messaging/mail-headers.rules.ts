import type { MailAudience, MailPurpose } from './templates/template.entity.js';

/** Headers that tell machines what a mail is. @param optOutLink https address that takes a POST (RFC 8058) */
export function mailHeaders(
  purpose: MailPurpose,
  audience: MailAudience,
  optOutLink: string | null,
): Record<string, string> {
  if (audience === 'officer')
    return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  if (purpose === 'promotion' && optOutLink) {
    return { 'List-Unsubscribe': `<${optOutLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  }
  return {};
}

export interface Mailbox {
  name: string;
  address: string;
}

/** `Name <address>` or an address alone, as `MAIL_FROM` gives it. */
export function parseMailbox(text: string): Mailbox {
  const match = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+)>\s*$/.exec(text);
  return match ? { name: match[1]!.trim(), address: match[2]! } : { name: '', address: text.trim() };
}

/** The same at every attempt, so that a receiving server can tell a repetition. */
export function messageIdHeader(messageId: string, appUrl: string): string {
  return `<${messageId}@${new URL(appUrl).hostname.replace(/[^a-z0-9.-]/gi, '') || 'localhost'}>`;
}
