import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { NotFound, ProblemError } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { JobQueue } from '../../../platform/queue/job-queue.js';
import { CaseDoing } from './case-acts.service.js';
import { CaseAccess, type CaseViewer } from './case-access.service.js';
import { EMAIL_CHANGE_LIFE_MS, HOUR, readEmailChangeToken } from './case-token.rules.js';
import { sendEmailConfirmation } from './case.jobs.js';

/** How many mails one person may have sent to other mailboxes in an hour. */
const CONFIRMATIONS_AN_HOUR = 3;

export interface EmailChange {
  id: string;
  caseId: string;
  email: string;
  language: Language;
}

/** Another mailbox counts only once somebody there has said so. */
@Injectable()
export class CaseEmails {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly access: CaseAccess,
    private readonly doing: CaseDoing,
  ) {}

  ask(viewer: CaseViewer, email: string): Promise<void> {
    return this.doing.as(viewer, async () => {
      await this.doing.oneAtATime(viewer);
      const now = this.clock.now();
      const [{ n } = { n: 0 }] = await this.db.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM case_email_change x JOIN investor_case k ON k.id = x.case_id
          WHERE k.contact_id = $1 AND x.created_at > $2`,
        [viewer.contactId, new Date(now.getTime() - HOUR)],
      );
      if (n >= CONFIRMATIONS_AN_HOUR)
        throw new ProblemError(429, 'case_too_many_today', { limit: CONFIRMATIONS_AN_HOUR });
      const id = newId();
      await this.db.execute(
        `INSERT INTO case_email_change (id, case_id, email, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
        [id, viewer.caseId, email, now, new Date(now.getTime() + EMAIL_CHANGE_LIFE_MS)],
      );
      this.db.afterCommit(() => this.queue.add(sendEmailConfirmation, { changeId: id }));
    });
  }

  /** 404 `link_not_found`: not ours, used, or too old. */
  async read(token: string): Promise<EmailChange> {
    const id = readEmailChangeToken(token, this.config.secretKey);
    const change = id === null ? null : await this.find(id);
    if (!change) throw new NotFound('link_not_found');
    return change;
  }

  async find(id: string): Promise<EmailChange | null> {
    const [change] = await this.db.query<EmailChange>(
      `SELECT x.id, x.case_id AS "caseId", x.email, c.language
         FROM case_email_change x JOIN investor_case k ON k.id = x.case_id JOIN contact c ON c.id = k.contact_id
        WHERE x.id = $1 AND x.used_at IS NULL AND x.expires_at > $2 AND c.erased_at IS NULL AND k.closed_at IS NULL`,
      [id, this.clock.now()],
    );
    return change ?? null;
  }

  /** Once; the firm may have that address for somebody else by now: 409 `contact_exists`. */
  async confirm(token: string): Promise<EmailChange> {
    const change = await this.read(token);
    const viewer = await this.db.transaction(() => this.access.find(change.caseId));
    if (!viewer) throw new NotFound('link_not_found');
    await this.doing.as(viewer, async () => {
      const used = await this.db.execute(
        `UPDATE case_email_change SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2`,
        [change.id, this.clock.now()],
      );
      if (used === 0) throw new NotFound('link_not_found');
      await this.doing.changeEmail(viewer, change.email);
    });
    return change;
  }
}
