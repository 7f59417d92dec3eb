import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Handles } from '../../platform/queue/handles.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import { DeliverySettings } from './delivery-settings.js';
import { InFlight } from './in-flight.js';
import { sendMessage, sweepMessages } from './messaging.jobs.js';

const BATCH = 2_000;
/** Of one run; what is left is found by the next. */
const MOST_BATCHES = 10;

interface Due {
  id: string;
  attempts: number;
  /** As PostgreSQL prints it: a Date would lose its microseconds. */
  notBefore: string;
}

interface Stuck {
  id: string;
  leadId: string | null;
  status: string;
  subject: string;
  toName: string;
}

/** The queue only wakes workers: whatever it lost, and whatever became due by time alone, is found here. */
@Injectable()
export class SweepMessagesJob {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly timeline: Timeline,
    private readonly inFlight: InFlight,
    private readonly settings: DeliverySettings,
  ) {}

  @Handles(sweepMessages)
  async handle(): Promise<{ recovered: number; enqueued: number }> {
    const recovered = await this.recoverStuck();
    return { recovered, enqueued: await this.enqueueDue() };
  }

  /** Left in `sending` by a worker that died: nobody knows whether an investor has it, so a person decides. */
  async recoverStuck(): Promise<number> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - this.settings.leaseMs);
    return this.db.transaction(async () => {
      const stuck = await this.db.query<Stuck>(RECOVER, [now, before, this.inFlight.all()]);
      const unknown = stuck.flatMap(({ id, leadId, status, subject, toName }) =>
        status === 'unknown' && leadId
          ? [
              {
                leadId,
                kind: 'mail_unknown',
                refType: 'message',
                refId: id,
                data: { subject, to: toName, reason: 'interrupted' },
              },
            ]
          : [],
      );
      await this.timeline.append(unknown);
      return stuck.length;
    });
  }

  async enqueueDue(): Promise<number> {
    const now = this.clock.now();
    let after: Pick<Due, 'notBefore' | 'id'> | undefined;
    let enqueued = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const due: Due[] = await this.db.query<Due>(DUE, [
        now,
        after?.notBefore ?? '-infinity',
        after?.id ?? '00000000-0000-0000-0000-000000000000',
        BATCH,
      ]);
      await this.queue.addBulk(
        sendMessage,
        due.map(({ id, attempts }) => ({ payload: { messageId: id }, jobId: `message-${id}-${attempts}` })),
      );
      enqueued += due.length;
      if (due.length < BATCH) break;
      after = due.at(-1);
    }
    return enqueued;
  }
}

const RECOVER = `
  UPDATE message SET status = CASE WHEN audience = 'officer' THEN 'queued' ELSE 'unknown' END, error_code = 'interrupted', version = version + 1,
         not_before = CASE WHEN audience = 'officer' THEN $1 ELSE not_before END
   WHERE id IN (SELECT id FROM message WHERE status = 'sending' AND claimed_at <= $2 AND id <> ALL($3::uuid[]) ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
  RETURNING id, lead_id AS "leadId", status, subject, to_name AS "toName"`;

const DUE = `
  SELECT id, attempts, not_before::text AS "notBefore" FROM message
   WHERE status = 'queued' AND not_before <= $1 AND (not_before, id) > ($2::timestamptz, $3::uuid) ORDER BY not_before, id LIMIT $4`;
