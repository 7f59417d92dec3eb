import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Client } from 'pg';
import { Config } from '../config/config.js';

export interface LiveNews {
  /** What PostgreSQL said, as it said it. */
  onNote(payload: string): void;
  /** Listening begins, or begins again: what was said before was not heard. */
  onListening(): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** The one connection of a process that listens, made anew as often as it breaks. */
@Injectable()
export class LiveListener {
  private readonly logger = new Logger('Live');
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  private client?: Client;
  listening = false;

  constructor(private readonly config: Config) {}

  /** Listens from now until `stop`; again is harmless. */
  start(news: LiveNews): void {
    this.running ??= this.run(news);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async run(news: LiveNews): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!this.stopping.signal.aborted) {
      const listened = await this.listen(news);
      wait = listened ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
      await sleep(wait, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  /** Until the connection ends; false when it could not be made. */
  private async listen(news: LiveNews): Promise<boolean> {
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: 'dong-hanh-live',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => this.logger.warn(`Nobody hears of changes for now: ${error.message}`));
    client.on('notification', ({ payload }) => news.onNote(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query('LISTEN live');
      if (this.stopping.signal.aborted) return true;
      this.listening = true;
      news.onListening();
      await ended;
      return true;
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.logger.warn(`Nobody hears of changes for now: ${(error as Error).message}`);
      return false;
    } finally {
      this.listening = false;
      await client.end().catch(() => undefined);
    }
  }
}
