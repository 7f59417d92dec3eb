import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { translate } from '../../../platform/i18n/i18n.js';
import { OutsideTasks } from '../../follow-up/outside-tasks.service.js';
import { UsersQueries } from '../../identity/users.queries.js';
import { OBSTACLE_ACKNOWLEDGED_WITHIN } from '../../leads/obstacles/obstacle.rules.js';
import { MessagesService } from '../../messaging/messages.service.js';
import type { CaseViewer } from './case-access.service.js';

/** Working days (default): somebody has looked at what an investor sent. */
const DOCUMENT_LOOKED_AT_WITHIN = 2;

/** What an investor does in its case becomes its officer's task with a clock, and a mail; several papers of one day are one. */
@Injectable()
export class CaseNotices {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly tasks: OutsideTasks,
    private readonly messages: MessagesService,
    private readonly users: UsersQueries,
  ) {}

  documentAdded(viewer: CaseViewer): Promise<void> {
    return this.tell(viewer, `case:document:${this.clock.today()}`, {
      words: 'task_look_at_documents',
      within: DOCUMENT_LOOKED_AT_WITHIN,
    });
  }

  obstacleRaised(viewer: CaseViewer, { id, title }: { id: string; title: string }): Promise<void> {
    return this.tell(viewer, `case:obstacle:${id}`, {
      words: 'task_take_obstacle_in_hand',
      title,
      within: OBSTACLE_ACKNOWLEDGED_WITHIN,
    });
  }

  private async tell(
    { leadId, contactId }: CaseViewer,
    key: string,
    { words, title, within }: { words: string; title?: string; within: number },
  ): Promise<void> {
    const [lead] = await this.db.query<{ ownerId: string | null }>(
      `SELECT owner_id AS "ownerId" FROM lead WHERE id = $1`,
      [leadId],
    );
    const ownerId = lead?.ownerId ?? null;
    const dueAt = await this.calendar.addWorkingDays(this.clock.now(), within);
    const task = {
      titleVi: translate('vi', `portal:${words}`, { title }),
      titleEn: translate('en', `portal:${words}`, { title }),
      dueAt,
    };
    if (!(await this.tasks.open({ ...task, key, leadId, ownerId, contactId }))) return;
    const readers = ownerId ? [ownerId] : (await this.users.activeManagers()).map(({ id }) => id);
    await this.messages.create(
      readers.map((userId) => ({
        dedupeKey: `${key}:${leadId}:${userId}`,
        templateCode: 'officer-task',
        userId,
        contactId,
        leadId,
        facts: { task },
      })),
    );
  }
}
