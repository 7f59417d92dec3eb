import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, EvenWithOneTimePassword, Public } from '../../platform/http/allow.js';
import { NeverKept } from '../../platform/http/idempotency.interceptor.js';
import {
  AskPasswordLink,
  ChangePassword,
  Done,
  SetPassword,
  SignIn,
  SignInAnswer,
  toSignInAnswer,
} from './auth.dto.js';
import { SignInService } from './sign-in.service.js';

/** The part of better-auth that we offer; its other routes do not exist here. */
@ApiTags('sign-in')
@Controller('api/auth')
@NeverKept()
export class AuthController {
  constructor(private readonly service: SignInService) {}

  /** Starts a session: the answer sets its cookie. Too many attempts from one address answer 429. */
  @Post('sign-in/email')
  @HttpCode(200)
  @Public()
  async signIn(
    @Body() body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    return toSignInAnswer(await this.service.signIn(body, { request, reply }));
  }

  /** Ends the session; harmless without one. */
  @Post('sign-out')
  @HttpCode(200)
  @Public()
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Done> {
    return this.service.signOut({ request, reply });
  }

  /** One's own password. */
  @Post('change-password')
  @HttpCode(200)
  @Allow('signed-in')
  @EvenWithOneTimePassword()
  changePassword(
    @Body() body: ChangePassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    return this.service.changePassword(body, { request, reply });
  }

  /** Sends a link that works for an hour to the address, if it is an account's. */
  @Post('request-password-reset')
  @HttpCode(200)
  @Public()
  askPasswordLink(
    @Body() body: AskPasswordLink,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    return this.service.askPasswordLink(body, { request, reply });
  }

  /** Sets the password by the link of an invitation or a reset. */
  @Post('reset-password')
  @HttpCode(200)
  @Public()
  setPassword(
    @Body() body: SetPassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    return this.service.setPassword(body, { request, reply });
  }
}
