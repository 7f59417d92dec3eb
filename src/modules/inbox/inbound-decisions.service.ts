import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { InboundMail } from './inbound-mail.entity.js';
import { MailEffects } from './mail-effects.js';

/** What a person decides of a mail that nothing assigned. */
@Injectable()
export class InboundDecisions {
  constructor(
    private readonly db: Database,
    private readonly effects: MailEffects,
  ) {}

  /**
   * From now on it is the lead's, with all that follows from it. One that was given to another lead by hand or by its
   * sender goes over, unless more followed from it there than can be undone. 409 `inbound_mail_assigned` when it is
   * that lead's already; 403 `not_your_lead` for a colleague's.
   */
  assign(id: string, given: { leadId: string; contactId?: string }, seenVersion: number): Promise<void> {
    return this.db.transaction(async () => {
      const mail = await this.lock(id, seenVersion);
      const contact = await this.contactOf(mail, given);
      if (mail.state === 'matched') await this.release(mail, given.leadId);
      const otherAddress = contact !== null && contact.email !== mail.fromAddress;
      const kind = mail.kind === 'unknown' ? 'reply' : mail.kind;
      Object.assign(mail, { ...given, contactId: contact?.id ?? null, otherAddress, kind });
      Object.assign(mail, { state: 'matched', matchedBy: 'person', note: null });
      await this.write(mail);
      await this.effects.apply(mail, contact ? [contact.id] : []);
    });
  }

  /** Nothing to do with it. */
  setAside(id: string, seenVersion: number): Promise<void> {
    return this.turn(id, seenVersion, 'unmatched', 'set_aside');
  }

  /** Waits for a person again. */
  takeBack(id: string, seenVersion: number): Promise<void> {
    return this.turn(id, seenVersion, 'set_aside', 'unmatched');
  }

  private async release(mail: InboundMail, leadId: string): Promise<void> {
    if (mail.leadId === leadId) throw new RuleError('inbound_mail_assigned');
    if (mail.matchedBy !== 'person' && mail.matchedBy !== 'sender')
      throw new RuleError('inbound_mail_proven');
    if (mail.kind !== 'reply') throw new RuleError('inbound_mail_not_a_reply');
    await this.effects.undo(mail);
  }

  private turn(
    id: string,
    seenVersion: number,
    from: InboundMail['state'],
    to: InboundMail['state'],
  ): Promise<void> {
    return this.db.transaction(async () => {
      const mail = await this.lock(id, seenVersion);
      if (mail.state === 'matched') throw new RuleError('inbound_mail_assigned');
      if (mail.state !== from) return;
      await this.write(Object.assign(mail, { state: to }));
    });
  }

  private async lock(id: string, seenVersion: number): Promise<InboundMail> {
    const mail = await this.db
      .repo(InboundMail)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!mail) throw new NotFound('inbound_mail_not_found');
    assertVersion(mail.version, seenVersion);
    return mail;
  }

  private async contactOf(
    mail: InboundMail,
    { leadId, contactId }: { leadId: string; contactId?: string },
  ): Promise<{ id: string; email: string | null } | null> {
    const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
    if (!lead) throw new Invalid('leadId', 'unknown_lead');
    const [contact] = await this.db.query<{ id: string; email: string | null }>(
      `SELECT c.id, c.email FROM contact c JOIN lead l ON l.id = $1
        WHERE c.erased_at IS NULL AND (c.firm_id = l.firm_id OR EXISTS (SELECT 1 FROM lead_partner p WHERE p.lead_id = l.id AND p.firm_id = c.firm_id))
          AND CASE WHEN $2::uuid IS NULL THEN c.email = $3 ELSE c.id = $2 END ORDER BY c.id LIMIT 1`,
      [leadId, contactId ?? null, mail.fromAddress],
    );
    if (!contact && contactId) throw new Invalid('contactId', 'unknown_contact');
    return contact ?? null;
  }

  private async write(mail: InboundMail): Promise<void> {
    await this.db.repo(InboundMail).save(mail);
  }
}
