import { Module, type OnModuleInit } from '@nestjs/common';
import { Health } from '../../platform/health/health.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { FollowUpAnswers } from './answers.service.js';
import { BreachQueries } from './breaches.queries.js';
import { DispatchWriter } from './dispatch-writer.js';
import { DispatchService } from './dispatch.service.js';
import { DueReminders } from './due-reminders.queries.js';
import { EscalationsService } from './escalations.service.js';
import { FollowUpDesk } from './follow-up-desk.service.js';
import { FollowUpExceptions } from './follow-up-exceptions.service.js';
import { FollowUpPreviews } from './follow-up-previews.queries.js';
import { ObstaclesListener } from './obstacles.listener.js';
import { FollowUpErasureListener } from './follow-up-erasure.listener.js';
import { FollowUpListener } from './follow-up.listener.js';
import { FollowUpSeed } from './follow-up.seed.js';
import { FollowUpService } from './follow-up.service.js';
import { LeadSequencesController } from './lead-sequences.controller.js';
import { LockedReminders } from './locked-reminders.js';
import { ManualTasks } from './manual-tasks.service.js';
import { OutsideTasks } from './outside-tasks.service.js';
import { PlansPages } from './plans-pages.js';
import { PlansController } from './plans.controller.js';
import { PlansQueries } from './plans.queries.js';
import { PlansService } from './plans.service.js';
import { ReminderRecords } from './reminder-records.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersQueries } from './reminders.queries.js';
import { RemindersService } from './reminders.service.js';
import { SampleDatesService } from './sample-dates.service.js';
import { SequenceFactsQueries } from './sequence-facts.queries.js';
import { SequencePlanner } from './sequence-planner.js';
import { SequencesQueries } from './sequences.queries.js';
import { SequencesWriter } from './sequences.writer.js';
import { StopsService } from './stops.service.js';
import { TasksWriter } from './tasks.writer.js';
import { WakeUpsService } from './wake-ups.service.js';

const PLANNING = [
  PlansQueries,
  PlansPages,
  PlansService,
  SampleDatesService,
  SequenceFactsQueries,
  SequencesWriter,
  SequencePlanner,
  FollowUpExceptions,
  FollowUpPreviews,
  FollowUpService,
];
const DISPATCH = [
  DueReminders,
  DispatchWriter,
  DispatchService,
  BreachQueries,
  EscalationsService,
  WakeUpsService,
  FollowUpDesk,
];
const PEOPLE = [
  LockedReminders,
  ReminderRecords,
  ManualTasks,
  RemindersService,
  RemindersQueries,
  SequencesQueries,
];

/** Plans, the sequences that follow them, and every reminder until it is sent, done or ended for a reason. */
@Module({
  imports: [DirectoryModule, LeadsModule, MessagingModule],
  controllers: [PlansController, RemindersController, LeadSequencesController],
  providers: [
    ...PLANNING,
    ...DISPATCH,
    ...PEOPLE,
    TasksWriter,
    OutsideTasks,
    StopsService,
    FollowUpAnswers,
    FollowUpListener,
    FollowUpErasureListener,
    ObstaclesListener,
    FollowUpSeed,
  ],
  exports: [
    FollowUpService,
    FollowUpExceptions,
    FollowUpDesk,
    ManualTasks,
    OutsideTasks,
    PlansQueries,
    PlansService,
    RemindersService,
    RemindersQueries,
    FollowUpSeed,
  ],
})
export class FollowUpModule implements OnModuleInit {
  constructor(
    private readonly health: Health,
    private readonly desk: FollowUpDesk,
  ) {}

  /** How late dispatch is, in seconds: a growing figure means that no worker runs. */
  onModuleInit(): void {
    this.health.add('dispatch', async () => {
      const lagSeconds = Math.round(await this.desk.lag());
      return { ok: true, lagSeconds };
    });
  }
}
