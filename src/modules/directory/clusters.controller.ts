import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { ClusterRecordsService } from './cluster-records.service.js';
import {
  ChangeCluster,
  ChangeClusterStatus,
  ChangeFact,
  ChangeMilestone,
  ClusterAnswer,
  ClusterPage,
  ClustersQuery,
  CreateCluster,
  CreateFact,
  CreateMilestone,
  FactAnswer,
  FactList,
  MilestoneAnswer,
  MilestoneList,
  StatusHistory,
} from './clusters.dto.js';
import { ClustersQueries } from './clusters.queries.js';
import { ClustersService } from './clusters.service.js';

@ApiTags('clusters')
@Controller('api/v1/clusters')
export class ClustersController {
  constructor(
    private readonly clusters: ClustersService,
    private readonly records: ClusterRecordsService,
    private readonly queries: ClustersQueries,
  ) {}

  /** The land on offer. Sorts: planningDistrict, name, code, status, areaHa, updatedAt. */
  @Get()
  @Allow('cluster.read')
  list(@Query() query: ClustersQuery): Promise<ClusterPage> {
    return this.queries.list(query);
  }

  @Post()
  @Allow('cluster.write')
  async create(@Body() body: CreateCluster): Promise<ClusterAnswer> {
    return this.queries.get(await this.clusters.create(body));
  }

  /** By id or by code. */
  @Get(':id')
  @Allow('cluster.read')
  get(@Param('id') key: string): Promise<ClusterAnswer> {
    return this.queries.get(key);
  }

  @Patch(':id')
  @Allow('cluster.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeCluster,
  ): Promise<ClusterAnswer> {
    return this.queries.get(await this.clusters.change(id, version, body));
  }

  /** One step of the legal order: planned, calling_for_investor, dossier_filed, established, under_construction, operating; or dropped. */
  @Post(':id/status')
  @HttpCode(200)
  @Allow('cluster.write')
  async changeStatus(@Id() id: string, @Body() body: ChangeClusterStatus): Promise<ClusterAnswer> {
    return this.queries.get(await this.clusters.changeStatus(id, body));
  }

  @Get(':id/status-history')
  @Allow('cluster.read')
  async statusHistory(@Id() id: string): Promise<StatusHistory> {
    return { items: await this.queries.statusHistory(id) };
  }

  @Get(':id/milestones')
  @Allow('cluster.read')
  async milestones(@Id() id: string): Promise<MilestoneList> {
    return { items: await this.queries.milestones(id) };
  }

  @Post(':id/milestones')
  @Allow('cluster.write')
  addMilestone(@Id() id: string, @Body() body: CreateMilestone): Promise<MilestoneAnswer> {
    return this.records.addMilestone(id, body);
  }

  @Patch(':id/milestones/:milestoneId')
  @Allow('cluster.write')
  changeMilestone(
    @Id() clusterId: string,
    @Id('milestoneId') milestoneId: string,
    @IfMatch() version: number,
    @Body() body: ChangeMilestone,
  ): Promise<MilestoneAnswer> {
    return this.records.changeMilestone({ clusterId, milestoneId }, version, body);
  }

  /** What sources say, side by side. */
  @Get(':id/facts')
  @Allow('cluster.read')
  async facts(@Id() id: string): Promise<FactList> {
    return { items: await this.queries.facts(id) };
  }

  @Post(':id/facts')
  @Allow('cluster.write')
  addFact(@Id() id: string, @Body() body: CreateFact): Promise<FactAnswer> {
    return this.records.addFact(id, body);
  }
  /** Shows what a source says on the cluster's public page, or takes it off. */
  @Patch(':id/facts/:factId')
  @Allow('cluster.write')
  publishFact(
    @Id() clusterId: string,
    @Id('factId') factId: string,
    @Body() body: ChangeFact,
  ): Promise<FactAnswer> {
    return this.records.publishFact({ clusterId, factId }, body.isPublic);
  }
}
