import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { hashOf, isId, newToken, SESSION_LIFE_MS } from './case-token.rules.js';

/** Who looks, and at what: the two ids that every question about a case asks by. */
export interface CaseViewer {
  caseId: string;
  leadId: string;
  contactId: string;
  fullName: string;
  language: Language;
}

/**
 * A case may be seen as long as nobody ended it, the person was not erased, and is of the lead's firm or of a partner:
 * whoever moves to another firm, or whose firm leaves the lead, sees nothing more.
 */
const ALIVE = `k.closed_at IS NULL AND c.erased_at IS NULL
   AND (c.firm_id = l.firm_id OR EXISTS (SELECT 1 FROM lead_partner p WHERE p.lead_id = l.id AND p.firm_id = c.firm_id))`;

const VIEWER = `k.id AS "caseId", k.lead_id AS "leadId", k.contact_id AS "contactId", c.full_name AS "fullName", c.language`;
const CASE = `investor_case k JOIN lead l ON l.id = k.lead_id JOIN contact c ON c.id = k.contact_id`;

/** Cases and the browsers that may see them. */
@Injectable()
export class CaseAccess {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The one answer to whoever may not: 404 `case_not_found`, be it a wrong id, another's, an old or no cookie. */
  async enter(caseId: string, tokens: readonly string[]): Promise<CaseViewer> {
    const [viewer] = await this.db.query<CaseViewer>(
      `SELECT ${VIEWER} FROM case_session s JOIN ${CASE} ON k.id = s.case_id
        WHERE s.hash = ANY($1::text[]) AND s.case_id = $2::uuid AND s.revoked_at IS NULL AND s.expires_at > $3 AND ${ALIVE} LIMIT 1`,
      [tokens.map(hashOf), isId(caseId) ? caseId : null, this.clock.now()],
    );
    if (!viewer) throw new NotFound('case_not_found');
    return viewer;
  }

  /** Noted at most once a minute. */
  async noteVisit({ caseId }: CaseViewer): Promise<void> {
    await this.db.execute(
      `UPDATE investor_case SET last_visit_at = $2
        WHERE id = $1 AND (last_visit_at IS NULL OR last_visit_at < $2::timestamptz - interval '1 minute')`,
      [caseId, this.clock.now()],
    );
  }

  async signOut(caseId: string, tokens: readonly string[]): Promise<void> {
    await this.db.execute(
      `UPDATE case_session SET revoked_at = $3 WHERE hash = ANY($1::text[]) AND case_id = $2 AND revoked_at IS NULL`,
      [tokens.map(hashOf), caseId, this.clock.now()],
    );
  }

  /** Of this person and this lead, made when there is none; null when it may not be seen. */
  async open(leadId: string, contactId: string): Promise<CaseViewer | null> {
    await this.db.execute(
      `INSERT INTO investor_case (id, lead_id, contact_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [randomUUID(), leadId, contactId, this.clock.now()],
    );
    const [viewer] = await this.db.query<CaseViewer>(
      `SELECT ${VIEWER} FROM ${CASE} WHERE k.lead_id = $1 AND k.contact_id = $2 AND ${ALIVE} FOR UPDATE OF k`,
      [leadId, contactId],
    );
    return viewer ?? null;
  }

  async find(caseId: string): Promise<CaseViewer | null> {
    const [viewer] = await this.db.query<CaseViewer>(
      `SELECT ${VIEWER} FROM ${CASE} WHERE k.id = $1 AND ${ALIVE} FOR UPDATE OF k`,
      [caseId],
    );
    return viewer ?? null;
  }

  /** A browser's token, which is nowhere else. */
  async admit({ caseId }: CaseViewer): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.db.execute(
      `INSERT INTO case_session (hash, case_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
      [hashOf(token), caseId, now, new Date(now.getTime() + SESSION_LIFE_MS)],
    );
    return token;
  }

  /** Nobody sees these cases from now on. @param forGood also no link that is sent opens them, until an officer sends one */
  async end(of: { caseId?: string; contactId?: string }, forGood: boolean): Promise<void> {
    const { caseId = null, contactId = null } = of;
    const now = this.clock.now();
    const which = `(SELECT id FROM investor_case WHERE id = $1::uuid OR contact_id = $2::uuid)`;
    await this.db.execute(
      `UPDATE case_session SET revoked_at = $3 WHERE revoked_at IS NULL AND case_id IN ${which}`,
      [caseId, contactId, now],
    );
    await this.db.execute(`UPDATE case_link SET used_at = $3 WHERE used_at IS NULL AND case_id IN ${which}`, [
      caseId,
      contactId,
      now,
    ]);
    if (forGood)
      await this.db.execute(
        `UPDATE investor_case SET closed_at = $3 WHERE closed_at IS NULL AND (id = $1::uuid OR contact_id = $2::uuid)`,
        [caseId, contactId, now],
      );
  }
}
