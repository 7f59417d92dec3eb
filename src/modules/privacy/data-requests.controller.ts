import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { CarryingOut } from './carrying-out.service.js';
import { DataRequestSteps } from './data-request-steps.service.js';
import {
  CarryOutDataRequest,
  DataRequestAnswer,
  DataRequestPage,
  DataRequestReason,
  DataRequestsQuery,
  RaisedDataRequest,
  RaiseDataRequest,
} from './data-requests.dto.js';
import { DataRequestsQueries } from './data-requests.queries.js';
import { DataRequests } from './data-requests.service.js';

@ApiTags('data-requests')
@Controller('api/v1/data-requests')
export class DataRequestsController {
  constructor(
    private readonly queries: DataRequestsQueries,
    private readonly requests: DataRequests,
    private readonly steps: DataRequestSteps,
    private readonly carrying: CarryingOut,
  ) {}

  /** Sorts: dueAt (default), receivedAt. `q` reads references, names and firms. */
  @Get()
  @Allow('data_request.read')
  list(@Query() query: DataRequestsQuery): Promise<DataRequestPage> {
    return this.queries.list(query);
  }

  /** Records what a person asked for by letter, telephone or mail; the clocks begin. */
  @Post()
  @Allow('data_request.raise')
  raise(@Body() { receivedAt, ...body }: RaiseDataRequest): Promise<RaisedDataRequest> {
    return this.requests.raise({ ...body, ...(receivedAt && { receivedAt: new Date(receivedAt) }) });
  }

  @Get(':id')
  @Allow('data_request.read')
  get(@Id() id: string): Promise<DataRequestAnswer> {
    return this.queries.get(id);
  }

  /** Somebody has taken it up. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Allow('data_request.write')
  async acknowledge(@Id() id: string, @IfMatch() version: number): Promise<DataRequestAnswer> {
    await this.steps.acknowledge(id, version);
    return this.queries.get(id);
  }

  /** Once, before the time is over, by as many days as the law gave at first; the person is told why. */
  @Post(':id/extend')
  @HttpCode(200)
  @Allow('data_request.write')
  async extend(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DataRequestReason,
  ): Promise<DataRequestAnswer> {
    await this.steps.extend(id, version, body.reason);
    return this.queries.get(id);
  }

  /** The person is told why. */
  @Post(':id/refuse')
  @HttpCode(200)
  @Allow('data_request.write')
  async refuse(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DataRequestReason,
  ): Promise<DataRequestAnswer> {
    await this.steps.refuse(id, version, body.reason);
    return this.queries.get(id);
  }

  /** The person no longer wants it. */
  @Post(':id/take-back')
  @HttpCode(200)
  @Allow('data_request.write')
  async takeBack(@Id() id: string, @IfMatch() version: number): Promise<DataRequestAnswer> {
    await this.steps.takeBack(id, version);
    return this.queries.get(id);
  }

  /** Does what was asked and tells the person. Erasing needs the person's name and cannot be undone. */
  @Post(':id/carry-out')
  @HttpCode(200)
  @Allow('data_request.write')
  async carryOut(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CarryOutDataRequest,
  ): Promise<DataRequestAnswer> {
    await this.carrying.carryOut(id, version, body);
    return this.queries.get(id);
  }

  /** Of `restrict`: the person may be written to again, as the person asked. */
  @Post(':id/lift')
  @HttpCode(200)
  @Allow('data_request.write')
  async lift(@Id() id: string, @IfMatch() version: number): Promise<DataRequestAnswer> {
    await this.steps.lift(id, version);
    return this.queries.get(id);
  }
}
