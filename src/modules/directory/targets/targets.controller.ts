import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock/clock.js';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { ChangeTarget, EnterTargetValue, TargetAnswer, TargetList, TargetsQuery } from './targets.dto.js';
import { TargetsQueries } from './targets.queries.js';
import { TargetsService } from './targets.service.js';

@ApiTags('targets')
@Controller('api/v1/targets')
export class TargetsController {
  constructor(
    private readonly targets: TargetsService,
    private readonly queries: TargetsQueries,
    private readonly clock: Clock,
  ) {}

  /** The plan's targets: what is promised, what is reached, by which day and source. */
  @Get()
  @Allow('target.read')
  async list(@Query() { asOf = this.clock.today() }: TargetsQuery): Promise<TargetList> {
    return { asOf, items: await this.queries.list(asOf), planFigures: await this.queries.planFigures() };
  }

  @Get(':id')
  @Allow('target.read')
  get(@Id() id: string, @Query() { asOf }: TargetsQuery): Promise<TargetAnswer> {
    return this.queries.get(id, asOf);
  }

  @Patch(':id')
  @Allow('target.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeTarget,
  ): Promise<TargetAnswer> {
    return this.queries.get(await this.targets.change(id, version, body));
  }

  /** Adds a value that a source reports. */
  @Post(':id/values')
  @Allow('target.write')
  async enterValue(@Id() id: string, @Body() body: EnterTargetValue): Promise<TargetAnswer> {
    return this.queries.get(await this.targets.enterValue(id, body));
  }
}
