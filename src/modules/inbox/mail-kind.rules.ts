import { automaticKind, returnDay } from './auto-reply.rules.js';
import { bounceOf, type Bounce } from './bounce.rules.js';
import type { InboundMailKind, MeetingReply } from './inbound-mail.entity.js';
import type { IncomingMail } from './incoming-mail.js';
import { asksToStop } from './opt-out-words.rules.js';
import { ownWords } from './quoted.rules.js';

export interface MailMeaning {
  kind: InboundMailKind;
  bounce: Bounce | null;
  /** With an out-of-office note: the local day on which the writer is back, where it says so. */
  returnOn: string | null;
  meetingReply: MeetingReply | null;
  /** The event that a calendar's reply is about. */
  calendarUid: string | null;
  /** What the writer wrote, without quotes and signature. */
  words: string;
}

/**
 * What a mail is, and so what follows from it. Reports and automatic notes come before anything that a person says.
 * @param ours addresses of the agency: a report names them too @param receivedOn local day
 */
export function meaningOf(mail: IncomingMail, ours: readonly string[], receivedOn: string): MailMeaning {
  const words = ownWords(mail.text);
  const nothing = { bounce: null, returnOn: null, meetingReply: null, calendarUid: null, words };
  const bounce = bounceOf(mail, ours);
  if (bounce?.what === 'delivered') return { ...nothing, kind: 'auto_reply' };
  if (bounce) return { ...nothing, kind: bounce.what === 'hard' ? 'bounce_hard' : 'bounce_soft', bounce };
  if (mail.dispositionNotice) return { ...nothing, kind: 'read_receipt' };
  const calendar = calendarReply(mail.calendar);
  if (calendar) return { ...nothing, kind: 'calendar_reply', ...calendar };
  const automatic = automaticKind(mail);
  if (automatic) {
    const returnOn =
      automatic === 'out_of_office' ? returnDay(`${mail.subject}\n${words || mail.text}`, receivedOn) : null;
    return { ...nothing, kind: automatic, returnOn };
  }
  if (asksToStop(words, mail.subject)) return { ...nothing, kind: 'unsubscribe_request' };
  if (mail.text === '' && mail.attachments.length === 0 && mail.subject === '')
    return { ...nothing, kind: 'unknown' };
  return { ...nothing, kind: 'reply' };
}

/** METHOD:REPLY (RFC 5546): what the invited person's calendar says. */
function calendarReply(
  calendar: string | null,
): { meetingReply: MeetingReply; calendarUid: string | null } | null {
  if (calendar === null) return null;
  const lines = calendar.slice(0, 100_000).replace(/\r?\n[ \t]/g, '');
  if (!/^METHOD:REPLY\s*$/im.test(lines)) return null;
  const said = /PARTSTAT=(ACCEPTED|DECLINED|TENTATIVE)/i.exec(lines)?.[1]?.toLowerCase();
  const calendarUid = /^UID[^:]*:(.+)$/im.exec(lines)?.[1]?.trim().slice(0, 300) ?? null;
  return { meetingReply: (said as MeetingReply | undefined) ?? 'tentative', calendarUid };
}
