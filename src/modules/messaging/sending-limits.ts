import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { Batcher } from './batcher.js';

const HOUR_MS = 3_600_000;
/** How long what other processes sent may go unnoticed. */
const FRESH_FOR_MS = 10_000;

interface Count {
  /** The hour or day that is counted. */
  from: number;
  used: number;
  readAt: number;
}

/**
 * How much may go out: to one domain in an hour, to all in a day. What is over the limit is put off, never dropped.
 * Each process counts its own and reads the others' from the table every few seconds.
 */
@Injectable()
export class SendingLimits {
  private readonly domains = new Map<string, Count>();
  private readonly flying = new Map<string, number>();
  private day: Count = { from: 0, used: 0, readAt: -Infinity };
  private readonly reader: Batcher<string, undefined>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.reader = new Batcher(async (domains) => {
      await this.read([...new Set(domains)]);
      return domains.map(() => undefined);
    });
  }

  /** Takes one place, or answers from when on there are some again. Whoever takes it says `done` afterwards. */
  async take(domain: string): Promise<Date | null> {
    if (this.stale(this.domains.get(domain), this.hour()) || this.stale(this.day, this.today()))
      await this.reader.run(domain);
    const count = this.domains.get(domain) ?? this.fresh(this.hour());
    if (this.day.used >= this.config.mailPerDay)
      return this.clock.startOf(this.clock.local(new Date(this.day.from)).plus({ days: 1 }).toISODate()!);
    if (count.used >= this.config.mailPerDomainPerHour) return new Date(count.from + HOUR_MS);
    count.used++;
    this.day.used++;
    this.flying.set(domain, (this.flying.get(domain) ?? 0) + 1);
    return null;
  }

  /** It was recorded, as sent or not. */
  done(domain: string, sent: boolean): void {
    const left = (this.flying.get(domain) ?? 1) - 1;
    if (left > 0) this.flying.set(domain, left);
    else this.flying.delete(domain);
    if (sent) return;
    const count = this.domains.get(domain);
    if (count) count.used--;
    this.day.used--;
  }

  private async read(domains: readonly string[]): Promise<void> {
    const hour = this.hour();
    const today = this.today();
    for (const [domain, count] of this.domains) if (count.from !== hour) this.domains.delete(domain);
    const rows = await this.db.query<{ domain: string | null; n: number }>(
      `SELECT to_domain AS domain, count(*)::int AS n FROM message WHERE to_domain = ANY($1::text[]) AND sent_at >= $2 GROUP BY to_domain
       UNION ALL SELECT NULL, count(*)::int FROM message WHERE sent_at >= $3`,
      [domains, new Date(hour), new Date(today)],
    );
    const sent = new Map(rows.map(({ domain, n }) => [domain, n]));
    const flying = [...this.flying.values()].reduce((sum, n) => sum + n, 0);
    for (const domain of domains) {
      this.domains.set(domain, {
        ...this.fresh(hour),
        used: (sent.get(domain) ?? 0) + (this.flying.get(domain) ?? 0),
      });
    }
    this.day = { ...this.fresh(today), used: (sent.get(null) ?? 0) + flying };
  }

  private stale(count: Count | undefined, from: number): boolean {
    return !count || count.from !== from || performance.now() - count.readAt > FRESH_FOR_MS;
  }

  private fresh(from: number): Count {
    return { from, used: 0, readAt: performance.now() };
  }

  private hour(): number {
    return Math.floor(this.clock.now().getTime() / HOUR_MS) * HOUR_MS;
  }

  private today(): number {
    return this.clock.startOf(this.clock.today()).getTime();
  }
}
