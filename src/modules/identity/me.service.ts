import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/database/actor.js';
import { Forbidden } from '../../platform/http/problem.js';
import { AuthBridge, type Exchange } from './auth-bridge.js';
import { toMe, toProgram, type ChangeMe, type Here, type Me } from './me.dto.js';
import { UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';

@Injectable()
export class MeService {
  constructor(
    private readonly queries: UsersQueries,
    private readonly users: UsersService,
    private readonly bridge: AuthBridge,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor, exchange: Exchange): Promise<Me> {
    if (actor.kind !== 'user') return toProgram(actor, this.here());
    await this.bridge.keepSession(exchange);
    return toMe(await this.queries.get(actor.id!), this.here());
  }

  async change(actor: Actor, version: number, changes: ChangeMe): Promise<Me> {
    if (actor.kind !== 'user') throw new Forbidden();
    const { name, language } = changes;
    return toMe(await this.users.change(actor.id!, version, { name, language }), this.here());
  }

  private here(): Here {
    return { now: this.clock.now().toISOString(), timeZone: this.clock.timeZone };
  }
}
