import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { FirmsQueries } from '../directory/firms.queries.js';
import { FirmParticipationPage, FirmParticipationsQuery } from './firm-participations.dto.js';
import { FirmParticipationsQueries } from './firm-participations.queries.js';

@ApiTags('firms')
@Controller('api/v1/firms/:id/participations')
export class FirmParticipationsController {
  constructor(
    private readonly queries: FirmParticipationsQueries,
    private readonly firms: FirmsQueries,
  ) {}

  /** The rounds and events in which the firm took part. Sorts: startsOn of the round (default, newest first), createdAt, status. */
  @Get()
  @Allow('round.read')
  async list(@Id() id: string, @Query() query: FirmParticipationsQuery): Promise<FirmParticipationPage> {
    await this.firms.get(id);
    return this.queries.list(id, query);
  }
}
