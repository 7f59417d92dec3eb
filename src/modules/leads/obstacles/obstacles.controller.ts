import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import {
  ChangeObstacle,
  ObstacleAnswer,
  ObstacleList,
  ObstaclePage,
  ObstaclesQuery,
  RaiseObstacle,
  ResolveObstacle,
} from './obstacles.dto.js';
import { ObstaclesQueries } from './obstacles.queries.js';
import { ObstaclesService } from './obstacles.service.js';

@ApiTags('obstacles')
@Controller('api/v1/obstacles')
export class ObstaclesController {
  constructor(
    private readonly obstacles: ObstaclesService,
    private readonly queries: ObstaclesQueries,
  ) {}

  /** Sorts: dueAt (default), createdAt. */
  @Get()
  @Allow('obstacle.read')
  list(@Query() query: ObstaclesQuery): Promise<ObstaclePage> {
    return this.queries.list(query);
  }

  @Get(':id')
  @Allow('obstacle.read')
  get(@Id() id: string): Promise<ObstacleAnswer> {
    return this.queries.get(id);
  }

  /** By whoever sees to it, the lead's owner, a helper or a manager. */
  @Patch(':id')
  @Allow('obstacle.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeObstacle,
  ): Promise<ObstacleAnswer> {
    await this.obstacles.change(id, version, body);
    return this.queries.get(id);
  }

  /** Settles it; the answer goes to the investor by mail when the obstacle is visible to it. */
  @Post(':id/resolve')
  @HttpCode(200)
  @Allow('obstacle.write')
  async resolve(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ResolveObstacle,
  ): Promise<ObstacleAnswer> {
    await this.obstacles.resolve(id, version, body.answer);
    return this.queries.get(id);
  }
}

@ApiTags('leads')
@Controller('api/v1/leads')
export class LeadObstaclesController {
  constructor(
    private readonly obstacles: ObstaclesService,
    private readonly queries: ObstaclesQueries,
  ) {}

  @Get(':id/obstacles')
  @Allow('obstacle.read')
  list(@Id() id: string): Promise<ObstacleList> {
    return this.queries.ofLead(id);
  }

  /** By the lead's owner, a helper or a manager. */
  @Post(':id/obstacles')
  @Allow('obstacle.write')
  async raise(@Id() id: string, @Body() body: RaiseObstacle): Promise<ObstacleAnswer> {
    return this.queries.get(await this.obstacles.raise(id, body));
  }
}
