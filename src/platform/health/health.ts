import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { LocalMailbox } from '../mail/local-mailbox.js';
import { Mailer } from '../mail/mailer.js';
import { QueueHealth } from '../queue/queue-health.js';

export interface PartHealth {
  ok: boolean;
  [figure: string]: unknown;
}

/** Something that a module knows of its own health, such as how late dispatch is. */
export type HealthProbe = () => Promise<PartHealth>;

/** Without these no request can be answered. */
const ESSENTIAL = new Set(['database', 'queue']);
const PATIENCE_MS = 3000;
const MAIL_KNOWN_FOR_MS = 30_000;

/** Each part on its own, so that an operator sees which one is down. */
@Injectable()
export class Health {
  private readonly probes = new Map<string, HealthProbe>();
  private mail?: { at: number; part: PartHealth };

  constructor(
    private readonly db: Database,
    private readonly queue: QueueHealth,
    private readonly mailer: Mailer,
  ) {
    this.add('database', async () => ({ ok: (await this.db.query('SELECT 1')).length === 1 }));
    this.add('queue', async () => ({ ...(await this.queue.check()) }));
    this.add('mail', () => this.checkMail());
  }

  add(part: string, probe: HealthProbe): void {
    this.probes.set(part, probe);
  }

  /** One part alone; null when nobody knows of it. */
  async part(name: string): Promise<PartHealth | null> {
    const probe = this.probes.get(name);
    return probe ? withinPatience(probe) : null;
  }

  /** `degraded`: it serves, while what is down waits (mail is kept and sent later). */
  async ready(): Promise<{ status: 'ok' | 'degraded' | 'unavailable'; parts: Record<string, PartHealth> }> {
    const found = await Promise.all(
      [...this.probes].map(async ([name, probe]) => [name, await withinPatience(probe)] as const),
    );
    const parts = Object.fromEntries(found);
    const down = found.filter(([, part]) => !part.ok).map(([name]) => name);
    const status = down.some((name) => ESSENTIAL.has(name))
      ? 'unavailable'
      : down.length > 0
        ? 'degraded'
        : 'ok';
    return { status, parts };
  }

  /** A mail server is not greeted at every probe of a load balancer. */
  private async checkMail(): Promise<PartHealth> {
    const now = performance.now();
    if (!this.mail || now - this.mail.at > MAIL_KNOWN_FOR_MS)
      this.mail = {
        at: now,
        part: {
          ok: await this.mailer.check(),
          goesTo: this.mailer instanceof LocalMailbox ? 'local_mailbox' : 'mail_server',
        },
      };
    return this.mail.part;
  }
}

async function withinPatience(probe: HealthProbe): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: 'timeout' }), PATIENCE_MS);
  });
  const answer = probe().catch((): PartHealth => ({ ok: false, reason: 'unreachable' }));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
