import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { nameActor, type Actor } from '../database/actor.js';
import { ALLOWED_ACTION, EVEN_WITH_ONE_TIME_PASSWORD, IS_PUBLIC } from './allow.js';
import { Forbidden, ProblemError } from './problem.js';

/** Who a request comes from and what that actor may do; the identity module provides it. */
export abstract class Authenticator {
  /** @param oneTimePassword whether it is enough; a person who has one is refused when not */
  abstract authenticate(request: FastifyRequest, oneTimePassword?: boolean): Promise<Actor | null>;
  abstract may(actor: Actor, action: string): boolean;
}

/** Denies by default: a route without `@Allow` or `@Public` answers nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, targets)) return true;
    const action = this.reflector.getAllAndOverride<string>(ALLOWED_ACTION, targets);
    if (!action) throw new Forbidden();
    const oneTimePassword = this.reflector.getAllAndOverride<boolean>(EVEN_WITH_ONE_TIME_PASSWORD, targets);
    const actor = await this.authenticator.authenticate(context.switchToHttp().getRequest(), oneTimePassword);
    if (!actor) throw new ProblemError(401, 'sign_in_required');
    nameActor(actor);
    if (action !== 'signed-in' && !this.authenticator.may(actor, action)) throw new Forbidden();
    return true;
  }
}
