import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../database/actor.js';
import { Authenticator } from '../http/access.guard.js';
import { ActorParam, Allow } from '../http/allow.js';
import { LiveStreams } from './live-streams.js';
import { LiveChange } from './live.dto.js';

const ACTION = 'lead.read';

@ApiTags('live')
@Controller('api/v1/live')
export class LiveController {
  constructor(
    private readonly streams: LiveStreams,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * What anybody changes, as server-sent events, from the moment it is committed. `ready` (data `{}`) begins the stream;
   * `change` carries a `LiveChange`; `resync` (data `{}`) says that changes may have been missed, so that all that is
   * shown is to be fetched again. The stream ends when the session ends; ten at most are open for one caller.
   */
  @Get()
  @Allow(ACTION)
  @ApiExtraModels(LiveChange)
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { $ref: getSchemaPath(LiveChange) } } } })
  async follow(
    @ActorParam() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = this.streams.add({
      key: `${actor.kind}:${actor.id}`,
      returning: request.headers['last-event-id'] !== undefined,
      stillMay: async () => {
        const now = await this.authenticator.authenticate(request);
        return now !== null && this.authenticator.may(now, ACTION);
      },
    });
    await reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      // a proxy such as nginx passes each event on at once
      .header('x-accel-buffering', 'no')
      // else the connection would be kept for another request, and a stop would wait for it
      .header('connection', 'close')
      .send(stream);
  }
}
