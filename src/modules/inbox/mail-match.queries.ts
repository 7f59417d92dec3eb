import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { parseMailbox } from '../messaging/mail-headers.rules.js';
import { readReplyAddress } from '../messaging/reply-address.rules.js';
import type { MatchedBy } from './inbound-mail.entity.js';
import type { IncomingMail } from './incoming-mail.js';
import type { MailMeaning } from './mail-kind.rules.js';

export interface MailMatch {
  by: MatchedBy;
  messageId: string | null;
  leadId: string | null;
  contactId: string | null;
  /** Addresses by which the contact is known: the present one, and that of the letter. */
  known: string[];
}

interface MatchedMessage {
  id: string;
  leadId: string | null;
  contactId: string | null;
  toAddress: string;
  email: string | null;
}

/** How long after a letter a report that names only its recipient can be about it. */
const REPORT_DAYS = 14;

/** Whose a mail is. A mark that is not ours, or not of this mail's kind, counts as none. */
@Injectable()
export class MailMatches {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** The agency's own addresses, in small letters. */
  ours(): string[] {
    const { mailFrom, inboxAddress } = this.config;
    return [parseMailbox(mailFrom).address.toLowerCase(), ...(inboxAddress ? [inboxAddress] : [])];
  }

  /** A letter of ours that came back, or that we wrote to ourselves. */
  async isOurs({ messageIdHeader, from }: { messageIdHeader: string; from: string }): Promise<boolean> {
    if (this.ours().includes(from)) return true;
    const [own] = await this.db.query(`SELECT 1 FROM message WHERE message_id_header = $1`, [
      messageIdHeader,
    ]);
    return own !== undefined;
  }

  async isStaff(address: string): Promise<boolean> {
    const [user] = await this.db.query(`SELECT 1 FROM app_user WHERE lower(email) = $1`, [address]);
    return user !== undefined;
  }

  /** The surest sign first. */
  async find(mail: IncomingMail, meaning: MailMeaning, receivedAt: Date): Promise<MailMatch | null> {
    const report = meaning.bounce !== null;
    const marked = mail.recipients.flatMap((address) => this.marked(address) ?? []);
    return (
      (await this.byMessage('reply_address', 'm.id = ANY($1::uuid[])', [marked], report)) ??
      (await this.byThread(report ? meaning.bounce!.originals : mail.references, report)) ??
      (report
        ? await this.byReport(meaning.bounce!.recipient, receivedAt)
        : await this.bySender(mail.from.address))
    );
  }

  /** Everybody with this address. */
  async contactsWith(address: string): Promise<string[]> {
    if (!address) return [];
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM contact WHERE email = $1 AND erased_at IS NULL ORDER BY id`,
      [address],
    );
    return rows.map(({ id }) => id);
  }

  private marked(address: string): string | null {
    const { inboxAddress, secretKey } = this.config;
    return inboxAddress ? readReplyAddress(address, inboxAddress, secretKey) : null;
  }

  private byThread(ids: readonly string[], report: boolean): Promise<MailMatch | null> {
    return this.byMessage(
      'thread',
      'm.message_id_header = ANY($1::text[])',
      [ids],
      report,
      'message_id_header::text',
    );
  }

  /** The address of a report is read by anybody who writes one: only a letter of these days counts. */
  private async byReport(recipient: string | null, receivedAt: Date): Promise<MailMatch | null> {
    if (recipient === null) return null;
    const since = new Date(receivedAt.getTime() - REPORT_DAYS * 86_400_000);
    const condition = `m.to_address = $1 AND m.sent_at >= $2 AND m.status IN ('sent', 'unknown')`;
    return this.byMessage('report', condition, [recipient, since], true);
  }

  /** Letters to officers are answered by officers: only a report on one is taken. The first id of a list is the nearest. */
  private async byMessage(
    by: MatchedBy,
    condition: string,
    params: unknown[],
    report: boolean,
    ordered = '',
  ): Promise<MailMatch | null> {
    if (Array.isArray(params[0]) && params[0].length === 0) return null;
    const order = ordered ? `array_position($1::text[], m.${ordered}),` : '';
    const [message] = await this.db.query<MatchedMessage>(
      `SELECT m.id, m.lead_id AS "leadId", c.id AS "contactId", m.to_address AS "toAddress", c.email
         FROM message m LEFT JOIN contact c ON c.id = m.contact_id AND c.erased_at IS NULL
        WHERE ${condition} AND (m.audience = 'investor' OR $${params.length + 1})
        ORDER BY ${order} m.created_at DESC LIMIT 1`,
      [...params, report],
    );
    if (!message) return null;
    const { id, contactId, toAddress, email } = message;
    const leadId = message.leadId ?? (contactId ? await this.leadOf(contactId) : null);
    return { by, messageId: id, leadId, contactId, known: [toAddress, ...(email ? [email] : [])] };
  }

  /** Exactly one person with this address who, or whose firm, has a lead that is not lost. */
  private async bySender(address: string): Promise<MailMatch | null> {
    const contacts = await this.contactsWith(address);
    const found = await Promise.all(contacts.map(async (id) => ({ id, leadId: await this.leadOf(id) })));
    const withLead = found.filter(({ leadId }) => leadId !== null);
    if (withLead.length !== 1) return null;
    const [{ id: contactId, leadId }] = withLead as [(typeof withLead)[number]];
    return { by: 'sender', messageId: null, leadId, contactId, known: [address] };
  }

  /** The person's own lead before another of the firm's, the liveliest first. */
  private async leadOf(contactId: string): Promise<string | null> {
    const [lead] = await this.db.query<{ id: string }>(
      `SELECT l.id FROM lead l JOIN contact c ON c.id = $1 AND c.firm_id = l.firm_id
        WHERE l.stage <> 'lost' ORDER BY l.primary_contact_id IS NOT DISTINCT FROM c.id DESC, l.last_activity_at DESC, l.id LIMIT 1`,
      [contactId],
    );
    return lead?.id ?? null;
  }
}
