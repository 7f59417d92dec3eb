import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/allow.js';
import { Health } from './health.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The program runs. */
  @Public()
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Each part: database, queue, mail, and how late dispatch is in seconds. 503 when database or queue is down. */
  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { status, parts } = await this.health.ready();
    void reply.status(status === 'unavailable' ? 503 : 200);
    return { status, ...parts };
  }
}
