import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/database/actor.js';
import { Forbidden } from '../../platform/http/problem.js';
import type { AppUser } from './app-user.entity.js';
import { AuthBridge, type Exchange } from './auth-bridge.js';
import { toMe, toProgram, type ChangeMe, type Me } from './me.dto.js';
import { UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';

@Injectable()
export class MeService {
  constructor(
    private readonly queries: UsersQueries,
    private readonly users: UsersService,
    private readonly bridge: AuthBridge,
  ) {}

  async get(actor: Actor, exchange: Exchange): Promise<Me> {
    if (actor.kind !== 'user') return toProgram(actor);
    await this.bridge.keepSession(exchange);
    return toMe(await this.queries.get(actor.id!));
  }

  change(actor: Actor, version: number, changes: ChangeMe): Promise<AppUser> {
    if (actor.kind !== 'user') throw new Forbidden();
    return this.users.change(actor.id!, version, { name: changes.name, language: changes.language });
  }
}
