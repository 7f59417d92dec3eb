import { Body, Controller, Get, Patch, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/database/actor.js';
import { ActorParam, Allow, EvenWithOneTimePassword } from '../../platform/http/allow.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { ChangeMe, Me } from './me.dto.js';
import { MeService } from './me.service.js';

@ApiTags('sign-in')
@Controller('api/v1/me')
export class MeController {
  constructor(private readonly me: MeService) {}

  /** Who am I and what may I do. Asking keeps a session alive that would end soon. */
  @Get()
  @Allow('signed-in')
  @EvenWithOneTimePassword()
  get(
    @ActorParam() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    return this.me.get(actor, { request, reply });
  }

  /** One's own name and language; a program has neither. */
  @Patch()
  @Allow('signed-in')
  change(@ActorParam() actor: Actor, @IfMatch() version: number, @Body() body: ChangeMe): Promise<Me> {
    return this.me.change(actor, version, body);
  }
}
