import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { EventsService } from './events.service.js';
import {
  AddedParticipations,
  AddParticipations,
  ChangeEvent,
  ChangeParticipation,
  CreateEvent,
  EventAnswer,
  EventList,
  ParticipationAnswer,
  ParticipationPage,
  ParticipationsQuery,
} from './participations.dto.js';
import { itemsOf, withInstants } from './participation-input.js';
import { ParticipationsQueries } from './participations.queries.js';
import { ParticipationsService } from './participations.service.js';
import { RoundsQueries } from './rounds.queries.js';

@ApiTags('rounds')
@Controller('api/v1/rounds/:id')
export class ParticipationsController {
  constructor(
    private readonly participations: ParticipationsService,
    private readonly eventsService: EventsService,
    private readonly queries: ParticipationsQueries,
    private readonly rounds: RoundsQueries,
  ) {}

  /** In the order of their times. */
  @Get('events')
  @Allow('round.read')
  async events(@Id() id: string): Promise<EventList> {
    await this.rounds.get(id);
    return this.queries.events(id);
  }

  @Post('events')
  @Allow('round.write')
  async createEvent(@Id() id: string, @Body() body: CreateEvent): Promise<EventAnswer> {
    return this.queries.event(await this.eventsService.create(id, withInstants(body)));
  }

  @Patch('events/:eventId')
  @Allow('round.write')
  async changeEvent(
    @Id() id: string,
    @Id('eventId') eventId: string,
    @IfMatch() version: number,
    @Body() body: ChangeEvent,
  ): Promise<EventAnswer> {
    return this.queries.event(await this.eventsService.change(id, eventId, withInstants(body), version));
  }

  /** Only one that nobody took part in. */
  @Delete('events/:eventId')
  @HttpCode(204)
  @Allow('round.write')
  async removeEvent(
    @Id() id: string,
    @Id('eventId') eventId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.eventsService.remove(id, eventId, version);
  }

  /** Sorts: createdAt (default), updatedAt, name (of the firm), status. `q` searches the firm. */
  @Get('participations')
  @Allow('round.read')
  async list(@Id() id: string, @Query() query: ParticipationsQuery): Promise<ParticipationPage> {
    await this.rounds.get(id);
    return this.queries.list(id, query);
  }

  /**
   * One participation, or up to 2,000 in `items`: all of them or none. Each makes or joins a lead; a firm seen twice makes
   * one. One that is there already is brought up to date. In a closed round the late participants get the rest of the
   * follow-up.
   */
  @Post('participations')
  @Allow('round.write')
  async add(
    @Id() id: string,
    @Body() body: AddParticipations,
  ): Promise<ParticipationAnswer | AddedParticipations> {
    const { items, pathOf } = itemsOf(body);
    const { ids, ...added } = await this.participations.add(id, items, pathOf);
    if (body.items === undefined) return this.queries.get(id, ids[0]!);
    return { items: await this.queries.added(ids), ...added };
  }

  @Get('participations/:participationId')
  @Allow('round.read')
  get(@Id() id: string, @Id('participationId') participationId: string): Promise<ParticipationAnswer> {
    return this.queries.get(id, participationId);
  }

  /** Such as: it attended. The follow-up of a closed round follows. */
  @Patch('participations/:participationId')
  @Allow('round.write')
  async change(
    @Id() id: string,
    @Id('participationId') participationId: string,
    @IfMatch() version: number,
    @Body() body: ChangeParticipation,
  ): Promise<ParticipationAnswer> {
    return this.queries.get(id, await this.participations.change(id, participationId, body, version));
  }
}
