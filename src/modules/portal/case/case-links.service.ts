import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { MessageAnswers } from '../../messaging/message-answers.service.js';
import { MessagesService } from '../../messaging/messages.service.js';
import { CaseAccess, type CaseViewer } from './case-access.service.js';
import {
  FRESH_LINK_LIFE_MS,
  FRESH_LINKS_AN_HOUR,
  hashOf,
  HOUR,
  isToken,
  MAIL_LINK_LIFE_MS,
  newToken,
  SAME_PRESS_MS,
} from './case-token.rules.js';

/** What a link leads to; the mailbox is the one that it was sent to. */
export interface KnownLink {
  kind: 'message' | 'fresh';
  leadId: string;
  contactId: string;
  mailbox: string;
  language: Language;
  /** Until when it opens the case by itself. */
  opensUntil: Date;
}

/** Admitted, with the token for the cookie; null: a fresh link was asked for, whatever came of that. */
export type Pressed = { caseId: string; token: string } | null;

const FRESH = `
  SELECT k.lead_id AS "leadId", k.contact_id AS "contactId", coalesce(c.email, '') AS mailbox, c.language, x.expires_at AS "opensUntil"
    FROM case_link x JOIN investor_case k ON k.id = x.case_id JOIN contact c ON c.id = k.contact_id
   WHERE x.hash = $1 AND x.kind = 'fresh' AND c.erased_at IS NULL`;

/** The links of mails that open a case: each once, and for a short time. */
@Injectable()
export class CaseLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly letters: MessageAnswers,
    private readonly messages: MessagesService,
    private readonly access: CaseAccess,
  ) {}

  /** 404 `link_not_found` for what we did not make, or made for something else. */
  async read(token: string): Promise<KnownLink> {
    const link = isToken(token) ? ((await this.ofMessage(token)) ?? (await this.ofFresh(token))) : null;
    if (!link) throw new NotFound('link_not_found');
    return link;
  }

  /** @param press what the page's form carried: that form sent twice is one use */
  press(token: string, press: string): Promise<Pressed> {
    return this.db.transaction(async () => {
      const link = await this.read(token);
      const viewer = (await this.isStillTheirs(link))
        ? await this.access.open(link.leadId, link.contactId)
        : null;
      if (!viewer) return null;
      if (await this.use(link, viewer, { hash: hashOf(token), pressHash: hashOf(press) }))
        return { caseId: viewer.caseId, token: await this.access.admit(viewer) };
      await this.sendFresh(viewer);
      return null;
    });
  }

  private async ofMessage(token: string): Promise<KnownLink | null> {
    const letter = await this.letters.findByToken(token, 'case');
    if (!letter?.leadId || !letter.sentAt) return null;
    return {
      kind: 'message',
      leadId: letter.leadId,
      contactId: letter.contactId,
      mailbox: letter.toAddress,
      language: letter.language,
      opensUntil: new Date(letter.sentAt.getTime() + MAIL_LINK_LIFE_MS),
    };
  }

  private async ofFresh(token: string): Promise<KnownLink | null> {
    const [row] = await this.db.query<Omit<KnownLink, 'kind'>>(FRESH, [hashOf(token)]);
    return row ? { ...row, kind: 'fresh' } : null;
  }

  /** The mailbox may have become another person's since. */
  private async isStillTheirs({ contactId, mailbox }: KnownLink): Promise<boolean> {
    const [same] = await this.db.query(
      `SELECT 1 FROM contact WHERE id = $1 AND erased_at IS NULL AND email = lower($2)`,
      [contactId, mailbox],
    );
    return same !== undefined;
  }

  /** Of two that come at once, one wins. */
  private async use(
    link: KnownLink,
    { caseId }: CaseViewer,
    { hash, pressHash }: { hash: string; pressHash: string },
  ): Promise<boolean> {
    const now = this.clock.now();
    if (link.opensUntil <= now) return false;
    const used =
      link.kind === 'message'
        ? await this.db.execute(
            `INSERT INTO case_link (hash, case_id, kind, created_at, expires_at, used_at, press_hash)
             VALUES ($1, $2, 'message', $3, $4, $3, $5) ON CONFLICT (hash) DO NOTHING`,
            [hash, caseId, now, link.opensUntil, pressHash],
          )
        : await this.db.execute(
            `UPDATE case_link SET used_at = $2, press_hash = $3 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2`,
            [hash, now, pressHash],
          );
    if (used > 0) return true;
    const [again] = await this.db.query(
      `SELECT 1 FROM case_link WHERE hash = $1 AND press_hash = $2 AND used_at > $3`,
      [hash, pressHash, new Date(now.getTime() - SAME_PRESS_MS)],
    );
    return again !== undefined;
  }

  /** To the person's mailbox, at most three an hour; the case's row is locked, so that nobody gets a fourth at once. */
  private async sendFresh({ caseId, leadId, contactId }: CaseViewer): Promise<void> {
    const now = this.clock.now();
    const [{ sent } = { sent: 0 }] = await this.db.query<{ sent: number }>(
      `SELECT count(*)::int AS sent FROM case_link x JOIN investor_case k ON k.id = x.case_id
        WHERE k.contact_id = $1 AND x.kind = 'fresh' AND x.created_at > $2`,
      [contactId, new Date(now.getTime() - HOUR)],
    );
    if (sent >= FRESH_LINKS_AN_HOUR) return;
    const token = newToken();
    const hash = hashOf(token);
    await this.db.execute(
      `INSERT INTO case_link (hash, case_id, kind, created_at, expires_at) VALUES ($1, $2, 'fresh', $3, $4)`,
      [hash, caseId, now, new Date(now.getTime() + FRESH_LINK_LIFE_MS)],
    );
    const facts = { caseLink: `${this.config.appUrl}/case/open/${token}` };
    await this.messages.create([
      { dedupeKey: `case-link:${hash}`, templateCode: 'case-link-fresh', contactId, leadId, facts },
    ]);
  }
}
