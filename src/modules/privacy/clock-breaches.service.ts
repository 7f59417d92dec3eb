import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { translate } from '../../platform/i18n/i18n.js';
import { UsersQueries } from '../identity/users.queries.js';
import type { MessageDraft } from '../messaging/message-draft.rules.js';
import { MessagesService } from '../messaging/messages.service.js';
import { OPEN_STATUSES } from './data-request.entity.js';

interface Breach {
  id: string;
  reference: string;
  contactId: string;
  since: Date;
}

const MOST = 100;
const DAY_MS = 24 * 3_600_000;

/** A clock of the law that has run out comes before every manager: once for each clock, however often it is looked at. */
@Injectable()
export class ClockBreaches {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly users: UsersQueries,
    private readonly messages: MessagesService,
  ) {}

  /** Answers how many clocks there were. */
  tellManagers(): Promise<number> {
    return this.db.transaction(async () => {
      const unread = await this.claim('acknowledge');
      const undone = await this.claim('carry_out');
      const managers = await this.users.activeManagers();
      await this.messages.create(
        managers.flatMap(({ id }) => [
          ...unread.map((breach) => this.noticeOf(breach, 'overdue_acknowledge', id)),
          ...undone.map((breach) => this.noticeOf(breach, 'overdue', id)),
        ]),
      );
      return unread.length + undone.length;
    });
  }

  private claim(clock: 'acknowledge' | 'carry_out'): Promise<Breach[]> {
    const now = this.clock.now();
    const open = sql`status = ANY(${[...OPEN_STATUSES]}::text[])`;
    return clock === 'acknowledge'
      ? this.db.query<Breach>(sql`
          UPDATE data_request SET acknowledge_breach_told_at = ${now}
           WHERE id IN (SELECT id FROM data_request WHERE ${open} AND acknowledged_at IS NULL AND acknowledge_breach_told_at IS NULL
                           AND acknowledge_due_at < ${now} ORDER BY acknowledge_due_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED)
          RETURNING id, reference, contact_id AS "contactId", acknowledge_due_at AS since`)
      : this.db.query<Breach>(sql`
          UPDATE data_request SET breach_told_at = ${now}
           WHERE id IN (SELECT id FROM data_request WHERE ${open} AND breach_told_at IS NULL AND due_at < ${now}
                         ORDER BY due_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED)
          RETURNING id, reference, contact_id AS "contactId", due_at AS since`);
  }

  private noticeOf(
    { id, reference, since }: Breach,
    why: 'overdue_acknowledge' | 'overdue',
    userId: string,
  ): MessageDraft {
    const title = (language: 'vi' | 'en') => translate(language, `privacy:${why}_title`, { reference });
    const daysLate = Math.max(0, Math.floor((this.clock.now().getTime() - since.getTime()) / DAY_MS));
    return {
      dedupeKey: `data-request:${id}:${why}:${userId}`,
      templateCode: 'manager-data-request-overdue',
      userId,
      facts: { task: { titleVi: title('vi'), titleEn: title('en'), dueAt: since, daysLate } },
    };
  }
}
