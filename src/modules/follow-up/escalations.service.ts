import { Injectable } from '@nestjs/common';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import { UsersQueries } from '../identity/users.queries.js';
import { ACKNOWLEDGE_WITHIN, ANSWER_WITHIN, OWNER_AND_NEXT_ACTION_WITHIN } from '../leads/lead.rules.js';
import { OBSTACLE_ACKNOWLEDGED_WITHIN } from '../leads/obstacles/obstacle.rules.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { MessageDraft } from '../messaging/message-draft.rules.js';
import { MessagesService } from '../messaging/messages.service.js';
import { BreachQueries, type Breach } from './breaches.queries.js';
import { MANAGER_TEMPLATE, managerOf, TASK_OVERDUE_AFTER } from './escalation.rules.js';
import { TasksWriter, titleOf, type NewTask, type WrittenTask } from './tasks.writer.js';
import { workingCutoff } from './working-cutoff.rules.js';

/** Whatever was not done in time comes before a manager: once, as a task, by mail and in the lead's story. */
@Injectable()
export class EscalationsService {
  constructor(
    private readonly clock: Clock,
    private readonly breaches: BreachQueries,
    private readonly users: UsersQueries,
    private readonly messages: MessagesService,
    private readonly tasks: TasksWriter,
    private readonly timeline: Timeline,
  ) {}

  /** Officer's tasks left open too long. The caller repeats until none comes; answers how many there were. */
  async escalateOverdue(calendar: WorkingTime, limit: number): Promise<number> {
    const now = this.clock.now();
    const overdue = await this.breaches.claimOverdue(
      workingCutoff(calendar, now, TASK_OVERDUE_AFTER),
      now,
      limit,
    );
    await this.tell(overdue, calendar);
    return overdue.length;
  }

  /** Enquiries that the service standard says should have been acknowledged or answered. */
  async escalateEnquiries(calendar: WorkingTime, limit: number): Promise<number> {
    const now = this.clock.now();
    const late = [
      ...(await this.breaches.findUnacknowledged(workingCutoff(calendar, now, ACKNOWLEDGE_WITHIN), limit)),
      ...(await this.breaches.findUnanswered(workingCutoff(calendar, now, ANSWER_WITHIN), limit)),
    ];
    const days = { service_acknowledge: ACKNOWLEDGE_WITHIN, service_answer: ANSWER_WITHIN } as Record<
      string,
      number
    >;
    await this.tell(
      late.map((breach) => ({ ...breach, since: calendar.addWorkingDays(breach.since, days[breach.why]!) })),
      calendar,
    );
    return late.length;
  }

  /** Leads of a round that by now should have an owner and something planned. */
  async escalateUncared(calendar: WorkingTime, limit: number): Promise<number> {
    const now = this.clock.now();
    const cutoff = workingCutoff(calendar, now, OWNER_AND_NEXT_ACTION_WITHIN);
    const { checked, uncared } = await this.breaches.claimUncared(cutoff, now, limit);
    await this.tell(
      uncared.map((breach) => ({
        ...breach,
        since: calendar.addWorkingDays(breach.since, OWNER_AND_NEXT_ACTION_WITHIN),
      })),
      calendar,
    );
    return checked;
  }

  /** Difficulties of investors that nobody took in hand, or that were not settled by their day. */
  async escalateObstacles(calendar: WorkingTime, limit: number): Promise<number> {
    const now = this.clock.now();
    const cutoff = workingCutoff(calendar, now, OBSTACLE_ACKNOWLEDGED_WITHIN);
    const late = await this.breaches.findObstacles(cutoff, now, limit);
    const dueOf = ({ why, since }: Breach) =>
      why === 'obstacle_overdue' ? since : calendar.addWorkingDays(since, OBSTACLE_ACKNOWLEDGED_WITHIN);
    await this.tell(
      late.map((breach) => ({ ...breach, since: dueOf(breach) })),
      calendar,
    );
    return late.length;
  }

  private async tell(breaches: readonly Breach[], calendar: WorkingTime): Promise<void> {
    if (breaches.length === 0) return;
    const now = this.clock.now();
    const managers = await this.users.activeManagers();
    const written = await this.tasks.write(
      breaches.map((breach) => taskOf(breach, managerOf(breach.leadId, managers)?.id ?? null, now)),
    );
    const byKey = new Map(breaches.map((breach) => [`${breach.leadId} ${breach.stepKey}`, breach]));
    const known = written.map((task) => ({ task, breach: byKey.get(`${task.leadId} ${task.stepKey}`)! }));
    await this.messages.create(
      known.flatMap(
        ({ task, breach }) => noticeOf(task, breach, calendar.workingDaysBetween(breach.since, now)) ?? [],
      ),
    );
    await this.timeline.append(
      known.map(({ task, breach }) => ({
        leadId: task.leadId,
        kind: 'escalated',
        refType: 'reminder',
        refId: task.id,
        data: { why: breach.why, titleVi: task.titleVi, titleEn: task.titleEn, managerId: task.ownerId },
      })),
    );
  }
}

function taskOf(breach: Breach, managerId: string | null, now: Date): NewTask {
  const title = titleOf(breach.why, (language) => ({
    title: language === 'vi' ? breach.titleVi : breach.titleEn,
  }));
  return {
    ...title,
    leadId: breach.leadId,
    stepKey: breach.stepKey,
    channel: 'manager_escalation',
    contactId: breach.contactId,
    ownerId: managerId,
    dueAt: now,
    status: 'open',
  };
}

function noticeOf(task: WrittenTask, breach: Breach, workingDaysLate: number): MessageDraft | null {
  if (task.ownerId === null) return null;
  return {
    dedupeKey: `notice:${task.id}`,
    templateCode: MANAGER_TEMPLATE,
    userId: task.ownerId,
    ...(task.contactId && { contactId: task.contactId }),
    leadId: task.leadId,
    reminderId: task.id,
    facts: {
      ...(breach.roundName && { round: { name: breach.roundName } }),
      task: {
        titleVi: breach.titleVi || task.titleVi,
        titleEn: breach.titleEn || task.titleEn,
        dueAt: breach.since,
        daysLate: Math.max(0, workingDaysLate),
      },
    },
  };
}
