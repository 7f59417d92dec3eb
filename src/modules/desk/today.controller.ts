import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/database/actor.js';
import { ActorParam, Allow } from '../../platform/http/allow.js';
import { Today, TodayQuery } from './today.dto.js';
import { TodayQueries } from './today.queries.js';

@ApiTags('desk')
@Controller('api/v1/today')
export class TodayController {
  constructor(private readonly queries: TodayQueries) {}

  /** What must be done now, beside the reminders, which `/reminders?due=…` lists. */
  @Get()
  @Allow('reminder.read')
  read(@Query() query: TodayQuery, @ActorParam() actor: Actor): Promise<Today> {
    return this.queries.read(query.ownerId ?? 'me', actor);
  }
}
