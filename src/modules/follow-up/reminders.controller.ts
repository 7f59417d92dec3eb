import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { ManualTasks } from './manual-tasks.service.js';
import {
  CancelReminder,
  CompleteReminder,
  CreateReminder,
  ReassignReminder,
  ReminderAnswer,
  ReminderPage,
  RemindersQuery,
  SnoozeReminder,
  UnsnoozeReminder,
} from './reminders.dto.js';
import { RemindersQueries } from './reminders.queries.js';
import { RemindersService } from './reminders.service.js';

@ApiTags('reminders')
@Controller('api/v1/reminders')
export class RemindersController {
  constructor(
    private readonly reminders: RemindersService,
    private readonly manual: ManualTasks,
    private readonly queries: RemindersQueries,
  ) {}

  /** Sorts: dueAt (default), createdAt. `q` searches the firm and the lead's reference. */
  @Get()
  @Allow('reminder.read')
  list(@Query() query: RemindersQuery): Promise<ReminderPage> {
    return this.queries.list(query);
  }

  /** A task that someone sets for themselves or a colleague. */
  @Post()
  @Allow('reminder.write')
  async create(@Body() { dueAt, ...body }: CreateReminder): Promise<ReminderAnswer> {
    return this.queries.get(await this.manual.create({ ...body, dueAt: new Date(dueAt) }));
  }

  @Get(':id')
  @Allow('reminder.read')
  get(@Id() id: string): Promise<ReminderAnswer> {
    return this.queries.get(id);
  }

  /** By its owner, whoever works on the lead, or a manager; the same for all that follows. */
  @Post(':id/complete')
  @HttpCode(200)
  @Allow('reminder.write')
  async complete(
    @Id() id: string,
    @Body() { nextActionAt, ...body }: CompleteReminder,
  ): Promise<ReminderAnswer> {
    const at = nextActionAt == null ? null : new Date(nextActionAt);
    return this.queries.get(await this.reminders.complete(id, { ...body, nextActionAt: at }));
  }

  /** Puts it off; five times at most. */
  @Post(':id/snooze')
  @HttpCode(200)
  @Allow('reminder.write')
  async snooze(@Id() id: string, @Body() body: SnoozeReminder): Promise<ReminderAnswer> {
    return this.queries.get(await this.reminders.snooze(id, new Date(body.until)));
  }

  /** Takes back a snooze that was a slip; it is not counted. */
  @Post(':id/unsnooze')
  @HttpCode(200)
  @Allow('reminder.write')
  async unsnooze(@Id() id: string, @Body() body: UnsnoozeReminder): Promise<ReminderAnswer> {
    return this.queries.get(await this.reminders.unsnooze(id, new Date(body.dueAt)));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('reminder.write')
  async cancel(@Id() id: string, @Body() body: CancelReminder): Promise<ReminderAnswer> {
    return this.queries.get(await this.reminders.cancel(id, body.reason ?? null));
  }

  @Post(':id/reassign')
  @HttpCode(200)
  @Allow('reminder.write')
  async reassign(@Id() id: string, @Body() body: ReassignReminder): Promise<ReminderAnswer> {
    return this.queries.get(await this.reminders.reassign(id, body.ownerId));
  }

  /** Takes back a completion or cancellation, within seven days. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Allow('reminder.write')
  async reopen(@Id() id: string): Promise<ReminderAnswer> {
    return this.queries.get(await this.reminders.reopen(id));
  }
}
