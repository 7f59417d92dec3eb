import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { ContactsService } from '../directory/contacts.service.js';
import { withoutTokens } from '../messaging/answer-token.rules.js';
import { InboundAttachments } from './inbound-attachments.js';
import { InboundMail, type InboundMailKind, type InboundNote } from './inbound-mail.entity.js';
import { idOf, readMail, type IncomingMail } from './incoming-mail.js';
import { MailEffects } from './mail-effects.js';
import { meaningOf, type MailMeaning } from './mail-kind.rules.js';
import { MailMatches, type MailMatch } from './mail-match.queries.js';

export interface Arrival {
  channel: 'imap' | 'webhook';
  /** When the mail server took it; never later than now. */
  receivedAt: Date;
  /** Only its beginning was read: what hangs on it is named, not kept. */
  cut?: boolean;
}

/** `known`: it came before. `ours`: a letter of ours that came back. */
export type Received = 'kept' | 'known' | 'ours';

/** A mail that was read, or that nobody could read. */
export interface Opened {
  mail: IncomingMail;
  note: InboundNote | null;
}

/** From one sender within the hour; what is more waits for a person, lest two programs write to each other for ever. */
const MOST_AN_HOUR = 20;
/** What nobody has to look at when nothing tells whose it is. */
const NOT_WORTH_A_LOOK: readonly InboundMailKind[] = [
  'auto_reply',
  'out_of_office',
  'read_receipt',
  'bounce_soft',
];

/** Takes mails in, each once, with all that follows from it in one transaction. */
@Injectable()
export class InboxService {
  private readonly logger = new Logger('Inbox');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly matches: MailMatches,
    private readonly contacts: ContactsService,
    private readonly attachments: InboundAttachments,
    private readonly effects: MailEffects,
  ) {}

  /** Decodes it, outside any transaction. What cannot be read is kept as such, for a person to look in the mailbox. */
  async open(source: Buffer): Promise<Opened> {
    try {
      return { mail: await readMail(source), note: null };
    } catch {
      return {
        mail: unreadable(await readMail(headOf(source)).catch(() => null), source),
        note: 'unreadable',
      };
    }
  }

  /**
   * @param alongside runs first in the same transaction; false: somebody else has taken it
   * What cannot be carried out is kept without its effects: one strange mail does not stop those behind it.
   */
  async take(
    opened: Opened,
    arrival: Arrival,
    alongside: () => Promise<boolean> = async () => true,
  ): Promise<Received> {
    try {
      return await this.db.transaction(() => this.keep(opened, arrival, alongside));
    } catch (error) {
      this.logger.warn(
        { reason: (error as Error).name },
        'A mail is kept without what would follow from it.',
      );
      const aside: Opened = { ...opened, note: opened.note ?? 'failed' };
      return this.db.transaction(() => this.keep(aside, arrival, alongside));
    }
  }

  private async keep(
    { mail, note: given }: Opened,
    arrival: Arrival,
    alongside: () => Promise<boolean>,
  ): Promise<Received> {
    if (!(await alongside())) return 'known';
    if (await this.matches.isOurs({ messageIdHeader: mail.messageId, from: mail.from.address }))
      return 'ours';
    const receivedAt = new Date(Math.min(arrival.receivedAt.getTime(), this.clock.now().getTime()));
    const meaning = meaningOf(mail, this.matches.ours(), this.clock.today());
    const match = await this.matchOf(mail, meaning, receivedAt);
    const note = given ?? (await this.noteOf(mail, meaning, arrival));
    const optOuts = await this.optOutsOf(mail, meaning, match, note);
    const row = rowOf({ mail, meaning, match, note, arrival: { ...arrival, receivedAt }, optOuts });
    const { raw } = await this.db
      .repo(InboundMail)
      .createQueryBuilder()
      .insert()
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    if ((raw as unknown[]).length === 0) return 'known';
    const refuseAll = note === 'too_many' ? 'too_many' : arrival.cut ? 'too_large' : null;
    await this.attachments.keep(row.id, mail.attachments, refuseAll);
    if (row.state === 'matched' && !barred(note)) await this.effects.apply(row, optOuts);
    return 'kept';
  }

  /** Whoever is forgotten at this very moment is looked for once more, and not found. */
  private async matchOf(
    mail: IncomingMail,
    meaning: MailMeaning,
    receivedAt: Date,
  ): Promise<MailMatch | null> {
    const match = await this.matches.find(mail, meaning, receivedAt);
    if (!match?.contactId || (await this.contacts.hold(match.contactId))) return match;
    return this.matches.find(mail, meaning, receivedAt);
  }

  private async noteOf(
    mail: IncomingMail,
    { bounce }: MailMeaning,
    { cut }: Arrival,
  ): Promise<InboundNote | null> {
    if (await this.matches.isStaff(mail.from.address)) return 'from_staff';
    if (bounce === null && (await this.isTooMuch(mail.from.address))) return 'too_many';
    return cut ? 'too_large' : null;
  }

  private async isTooMuch(address: string): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - 3_600_000);
    const [row] = await this.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM inbound_mail WHERE from_address = $1 AND received_at >= $2`,
      [address, since],
    );
    return row!.count >= MOST_AN_HOUR;
  }

  /** The person of the letter, or everybody with the address it came from. */
  private async optOutsOf(
    mail: IncomingMail,
    meaning: MailMeaning,
    match: MailMatch | null,
    note: InboundNote | null,
  ): Promise<string[]> {
    if (meaning.kind !== 'unsubscribe_request' || barred(note)) return [];
    const written = await this.matches.contactsWith(mail.from.address);
    return [...new Set([...(match?.contactId ? [match.contactId] : []), ...written])];
  }
}

interface Facts {
  mail: IncomingMail;
  meaning: MailMeaning;
  match: MailMatch | null;
  note: InboundNote | null;
  arrival: Arrival;
  optOuts: readonly string[];
}

function rowOf({ mail, meaning, match, note, arrival, optOuts }: Facts): InboundMail {
  const report = meaning.bounce !== null;
  return Object.assign(new InboundMail(), {
    id: newId(),
    messageIdHeader: mail.messageId,
    channel: arrival.channel,
    fromAddress: mail.from.address,
    fromName: mail.from.name,
    toAddresses: mail.recipients.join(', ').slice(0, 2_000),
    subject: mail.subject,
    // what is quoted of our letter has the writer's own links
    text: withoutTokens(mail.text),
    words: withoutTokens(meaning.words),
    receivedAt: arrival.receivedAt,
    kind: note === 'unreadable' ? ('unknown' as const) : meaning.kind,
    state: stateOf({ mail, meaning, match, note, arrival, optOuts }),
    matchedBy: match?.by ?? (optOuts.length > 0 ? ('sender' as const) : null),
    leadId: match?.leadId ?? null,
    contactId: match?.contactId ?? optOuts[0] ?? null,
    messageId: match?.messageId ?? null,
    otherAddress: !report && match !== null && !match.known.includes(mail.from.address),
    bounceCode: meaning.bounce?.code ?? null,
    returnOn: meaning.returnOn,
    meetingReply: meaning.meetingReply,
    note,
    activityId: null,
    version: 1,
  });
}

function stateOf({ meaning, match, note, optOuts }: Facts): InboundMail['state'] {
  if (note === 'from_staff') return 'set_aside';
  if (barred(note)) return 'unmatched';
  const whose = meaning.bounce ? match?.messageId : match?.leadId;
  if (whose || optOuts.length > 0) return 'matched';
  return NOT_WORTH_A_LOOK.includes(meaning.kind) ? 'set_aside' : 'unmatched';
}

/** Nothing follows from it by itself. */
function barred(note: InboundNote | null): boolean {
  return note !== null && note !== 'too_large';
}

const HEAD = 64 * 1024;

function headOf(source: Buffer): Buffer {
  const end = source.indexOf('\r\n\r\n');
  return source.subarray(0, Math.min(end < 0 ? HEAD : end + 4, HEAD));
}

function unreadable(head: IncomingMail | null, source: Buffer): IncomingMail {
  if (head) return { ...head, text: '', attachments: [] };
  return {
    messageId: idOf(source),
    from: { name: '', address: '' },
    recipients: [],
    subject: '',
    text: '',
    references: [],
    headers: new Map(),
    attachments: [],
    deliveryStatus: null,
    dispositionNotice: false,
    calendar: null,
    originalHeaders: null,
  };
}
