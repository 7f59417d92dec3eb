import { createHmac } from 'node:crypto';
import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { currentActor } from '../database/actor.js';
import { Database } from '../database/database.js';
import { Conflict, ProblemError } from './problem.js';

const NEVER_KEPT = 'answerNeverKept';

/**
 * On a route whose answer is a secret, or whose failures must stay written: `Idempotency-Key` means nothing there,
 * since it would keep the secret in plain text, or undo the count of wrong passwords with the transaction.
 */
export const NeverKept = () => SetMetadata(NEVER_KEPT, true);

/**
 * `Idempotency-Key` on a creation: key, work and answer share one transaction, so a request that is killed
 * in the middle leaves nothing, and a double click waits for the first and gets its answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const targets = [context.getHandler(), context.getClass()];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (this.reflector.getAllAndOverride<boolean>(NEVER_KEPT, targets)) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
      throw new ProblemError(400, 'invalid_idempotency_key');
    return from(this.once(key, request, context.switchToHttp().getResponse<FastifyReply>(), next));
  }

  private async once(
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const actor = currentActor();
    const caller = actor ? `${actor.kind}:${actor.id}` : `address:${request.ip}`;
    const hash = createHmac('sha256', this.config.secretKey)
      .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
      .digest('hex');
    return this.db.transaction(async () => {
      const fresh = await this.db.execute(
        `INSERT INTO idempotency_key (caller, key, request_hash, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [caller, key, hash, this.clock.now()],
      );
      if (fresh === 0) return this.repeat(caller, key, hash, reply);
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.db.execute(
        `UPDATE idempotency_key SET status = $3, answer = $4 WHERE caller = $1 AND key = $2`,
        [caller, key, reply.statusCode, JSON.stringify(answer ?? null)],
      );
      return answer;
    });
  }

  private async repeat(caller: string, key: string, hash: string, reply: FastifyReply): Promise<unknown> {
    const [kept] = await this.db.query<{ request_hash: string; status: number; answer: unknown }>(
      `SELECT request_hash, status, answer FROM idempotency_key WHERE caller = $1 AND key = $2`,
      [caller, key],
    );
    if (!kept || kept.request_hash !== hash) throw new Conflict('idempotency_key_reused');
    void reply.status(kept.status).header('idempotency-replayed', 'true');
    return kept.answer;
  }
}
