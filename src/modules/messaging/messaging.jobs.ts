import { defineJob } from '../../platform/queue/define-job.js';

/** One mail. Runs beside each other share their statements: see `Batcher`. */
export const sendMessage = defineJob<{ messageId: string }>('messaging.send-message', {
  concurrency: 25,
  attempts: 3,
  backoffMs: 2_000,
});

/** Finds whatever the queue lost, whatever became due, and whatever was left in `sending`. */
export const sweepMessages = defineJob('messaging.sweep-messages', {
  attempts: 1,
  schedule: ({ dispatchEveryMs }) => ({ everyMs: dispatchEveryMs }),
});
