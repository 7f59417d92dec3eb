import { defineJob } from '../../platform/queue/define-job.js';

/** Looks for what has come due. A run that fails is not repeated: the next one finds the same rows. */
export const dispatchDueReminders = defineJob('follow-up.dispatch', {
  attempts: 1,
  schedule: ({ dispatchEveryMs }) => ({ everyMs: dispatchEveryMs }),
});
