import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { ClusterLadder } from './cluster-ladder.dto.js';
import { ClusterLadderQueries } from './cluster-ladder.queries.js';
import { LeadPage, LeadsQuery } from '../leads.dto.js';
import { LeadsQueries } from '../leads.queries.js';
import { ChangeStage, PipelineList, StageAnswer } from './pipelines.dto.js';
import { PipelinesService } from './pipelines.service.js';

@ApiTags('pipelines')
@Controller('api/v1/pipelines')
export class PipelinesController {
  constructor(private readonly pipelines: PipelinesService) {}

  /** The stages of each kind of lead, with their gates. */
  @Get()
  @Allow('pipeline.read')
  list(): Promise<PipelineList> {
    return this.pipelines.list();
  }

  @Patch(':kind/stages/:code')
  @Allow('pipeline.write')
  change(
    @Param('kind') kind: string,
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() body: ChangeStage,
  ): Promise<StageAnswer> {
    return this.pipelines.change(kind, code, body, version);
  }
}

@ApiTags('clusters')
@Controller('api/v1/clusters/:id/leads')
export class ClusterLeadsController {
  constructor(
    private readonly queries: LeadsQueries,
    private readonly ladders: ClusterLadderQueries,
  ) {}

  /** How far the interested firms have come: each stage with its name, its count and its latest leads. */
  @Get('ladder')
  @Allow('lead.read')
  ladder(@Id() clusterId: string): Promise<ClusterLadder> {
    return this.ladders.of(clusterId);
  }

  /** The leads about this cluster, with the filters and sorts of `/leads`. */
  @Get()
  @Allow('lead.read')
  list(@Id() clusterId: string, @Query() query: LeadsQuery): Promise<LeadPage> {
    return this.queries.list({ ...query, clusterId });
  }
}
