import { defineJob } from '../../platform/queue/define-job.js';

/** Looks for clocks that have run out. A run that fails is not repeated: the next one finds the same rows. */
export const watchDataRequestClocks = defineJob('privacy.watch-clocks', {
  attempts: 1,
  schedule: { everyMs: 10 * 60_000 },
});
