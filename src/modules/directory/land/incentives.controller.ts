import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { IncentiveAnswer } from './cluster-land.dto.js';
import { ChangeIncentive, CreateIncentive, IncentiveList } from './incentives.dto.js';
import { IncentivesService } from './incentives.service.js';

@ApiTags('incentives')
@Controller('api/v1/incentives')
export class IncentivesController {
  constructor(private readonly incentives: IncentivesService) {}

  /** All of them: in force, past and to come, in the order of the pages. */
  @Get()
  @Allow('incentive.read')
  async list(): Promise<IncentiveList> {
    return { items: await this.incentives.list() };
  }

  @Post()
  @Allow('incentive.write')
  async create(@Body() body: CreateIncentive): Promise<IncentiveAnswer> {
    return this.incentives.get(await this.incentives.create(body));
  }

  @Get(':id')
  @Allow('incentive.read')
  get(@Id() id: string): Promise<IncentiveAnswer> {
    return this.incentives.get(id);
  }

  @Patch(':id')
  @Allow('incentive.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeIncentive,
  ): Promise<IncentiveAnswer> {
    return this.incentives.get(await this.incentives.change(id, version, body));
  }

  /** For what was entered in error; what is no longer in force gets its last day. */
  @Delete(':id')
  @HttpCode(204)
  @Allow('incentive.write')
  remove(@Id() id: string, @IfMatch() version: number): Promise<void> {
    return this.incentives.remove(id, version);
  }
}
