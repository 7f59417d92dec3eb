import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { CommuneList, CommunesQuery, PlanningDistrictList } from './places.dto.js';
import { PlacesQueries } from './places.queries.js';

@ApiTags('places')
@Controller('api/v1')
export class PlacesController {
  constructor(private readonly places: PlacesQueries) {}

  /** The units in which the plan counts, in its order. The list is frozen. */
  @Get('planning-districts')
  @Allow('cluster.read')
  async planningDistricts(): Promise<PlanningDistrictList> {
    return { items: await this.places.planningDistricts() };
  }

  /** Local units with their old and new names. */
  @Get('communes')
  @Allow('cluster.read')
  async communes(@Query() query: CommunesQuery): Promise<CommuneList> {
    return { items: await this.places.communes(query) };
  }
}
