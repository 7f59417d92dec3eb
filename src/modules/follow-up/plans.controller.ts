import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { FollowUpService } from './follow-up.service.js';
import {
  AddStep,
  ChangePlan,
  ChangeStep,
  CreatePlan,
  MoveAnswer,
  MoveSequences,
  PlanAnswer,
  PlanList,
  PlansQuery,
  ReplaceSteps,
  StepList,
} from './plans.dto.js';
import { PlansPages } from './plans-pages.js';
import { PlansService } from './plans.service.js';
import { SampleDates, SampleDatesAnswer } from './sample-dates.dto.js';
import { SampleDatesService } from './sample-dates.service.js';

@ApiTags('follow-up-plans')
@Controller('api/v1/follow-up-plans')
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly followUp: FollowUpService,
    private readonly pages: PlansPages,
    private readonly samples: SampleDatesService,
  ) {}

  /** The default plan first. */
  @Get()
  @Allow('plan.read')
  list(@Query() query: PlansQuery): Promise<PlanList> {
    return this.pages.list(query.archived ?? false);
  }

  @Post()
  @Allow('plan.write')
  async create(@Body() body: CreatePlan): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.create(body));
  }

  /** For the editor: when each step of a plan, saved or not, would be due after a round that is closed at a given time. */
  @Post('sample-dates')
  @HttpCode(200)
  @Allow('plan.read')
  sampleDates(@Body() body: SampleDates): Promise<SampleDatesAnswer> {
    return this.samples.of(body);
  }

  @Get(':id')
  @Allow('plan.read')
  get(@Id() id: string): Promise<PlanAnswer> {
    return this.pages.get(id);
  }

  @Patch(':id')
  @Allow('plan.write')
  async change(@Id() id: string, @IfMatch() version: number, @Body() body: ChangePlan): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.change(id, body, version));
  }

  /** The steps of the current version. */
  @Get(':id/steps')
  @Allow('plan.read')
  async steps(@Id() id: string): Promise<StepList> {
    const { steps, version } = await this.pages.get(id);
    return { items: steps, version };
  }

  /** All steps anew. Every change of steps makes a new version; running sequences keep theirs until they are moved. */
  @Put(':id/steps')
  @Allow('plan.write')
  async replaceSteps(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReplaceSteps,
  ): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.replaceSteps(id, body.steps, version));
  }

  @Post(':id/steps')
  @Allow('plan.write')
  async addStep(@Id() id: string, @IfMatch() version: number, @Body() body: AddStep): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.addStep(id, body, version));
  }

  /** By the step's id in the current version, or by its key. */
  @Patch(':id/steps/:stepId')
  @Allow('plan.write')
  async changeStep(
    @Id() id: string,
    @Param('stepId') stepId: string,
    @IfMatch() version: number,
    @Body() body: ChangeStep,
  ): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.changeStep(id, stepId, body, version));
  }

  @Delete(':id/steps/:stepId')
  @Allow('plan.write')
  async removeStep(
    @Id() id: string,
    @Param('stepId') stepId: string,
    @IfMatch() version: number,
  ): Promise<PlanAnswer> {
    return this.pages.get(await this.plans.removeStep(id, stepId, version));
  }

  /** Running sequences go over to the current version: sent steps stay, unsent ones are recomputed, matched by key. */
  @Post(':id/move-sequences')
  @HttpCode(200)
  @Allow('plan.write')
  moveSequences(@Id() id: string, @Body() body: MoveSequences): Promise<MoveAnswer> {
    return this.followUp.moveSequences(id, body);
  }
}
