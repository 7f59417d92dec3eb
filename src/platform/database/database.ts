import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type { Sql } from 'sql-template-tag';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';
import { Clock } from '../clock/clock.js';
import { currentActor, currentRequestId } from './actor.js';

type AfterCommit = () => void | Promise<void>;

interface Transaction {
  manager: EntityManager;
  afterCommit: AfterCommit[];
}

/** The one door to PostgreSQL. */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  private readonly current = new AsyncLocalStorage<Transaction>();

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the work in a transaction, or joins the one that is open. The audit trigger learns who acts, in
   * which request, and at what time of our clock.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    const afterCommit: AfterCommit[] = [];
    const result = await this.source.transaction(async (manager) => {
      const actor = currentActor();
      await manager.query(
        `SELECT set_config('app.actor_kind', $1, true), set_config('app.actor_id', $2, true),
                set_config('app.request_id', $3, true), set_config('app.now', $4, true)`,
        [actor?.kind ?? 'system', actor?.id ?? '', currentRequestId() ?? '', this.clock.now().toISOString()],
      );
      return this.current.run({ manager, afterCommit }, work);
    });
    for (const step of afterCommit) await this.safely(step);
    return result;
  }

  get inTransaction(): boolean {
    return this.current.getStore() !== undefined;
  }

  repo<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  /** Rows of any statement, `UPDATE … RETURNING` included. */
  async query<R = Record<string, unknown>>(statement: string | Sql, params: unknown[] = []): Promise<R[]> {
    const { text, values } = typeof statement === 'string' ? { text: statement, values: params } : statement;
    const result: unknown = await this.manager.query(text, values);
    const rows =
      Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number'
        ? result[0]
        : result;
    return rows as R[];
  }

  /** How many rows an `INSERT`, `UPDATE` or `DELETE` touched. */
  async execute(statement: string | Sql, params: unknown[] = []): Promise<number> {
    const { text, values } = typeof statement === 'string' ? { text: statement, values: params } : statement;
    const runner = this.current.getStore()?.manager.queryRunner ?? this.source.createQueryRunner();
    try {
      const result = await runner.query(text, values, true);
      return result.affected ?? 0;
    } finally {
      if (!this.inTransaction) await runner.release();
    }
  }

  /**
   * Runs the step once the open transaction is committed (at once when none is open). A step that fails is
   * logged, never thrown: what must happen is in PostgreSQL, and the next dispatch finds it.
   */
  afterCommit(step: AfterCommit): void {
    const transaction = this.current.getStore();
    if (transaction) transaction.afterCommit.push(step);
    else void this.safely(step);
  }

  private get manager(): EntityManager {
    return this.current.getStore()?.manager ?? this.source.manager;
  }

  private async safely(step: AfterCommit): Promise<void> {
    try {
      await this.current.exit(step);
    } catch (error) {
      this.logger.warn(`A step after commit failed: ${(error as Error).message}`);
    }
  }
}
