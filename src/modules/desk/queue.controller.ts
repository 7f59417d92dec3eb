import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { NotFound } from '../../platform/http/problem.js';
import { QueueHealth } from '../../platform/queue/queue-health.js';
import { DeliveryHealthQueries } from './delivery-health.queries.js';
import { QueueOverview, RetriedJobs } from './queue.dto.js';

@ApiTags('queue')
@Controller('api/v1/queue')
export class QueueController {
  constructor(
    private readonly queries: DeliveryHealthQueries,
    private readonly queue: QueueHealth,
  ) {}

  /** The work in the background: what waits, what failed, when schedules last ran, and what became of the mails. */
  @Get()
  @Allow('queue.read')
  read(): Promise<QueueOverview> {
    return this.queries.read();
  }

  /** Runs every failed job anew, with all its attempts. */
  @Post('failed/retry-all')
  @HttpCode(200)
  @Allow('queue.write')
  async retryAll(): Promise<RetriedJobs> {
    return { retried: await this.queue.retryAll() };
  }

  /** Runs one failed job anew, with all its attempts. */
  @Post('failed/:id/retry')
  @HttpCode(200)
  @Allow('queue.write')
  async retry(@Param('id') id: string): Promise<RetriedJobs> {
    if (!(await this.queue.retry(id))) throw new NotFound('failed_job_not_found');
    return { retried: 1 };
  }
}
