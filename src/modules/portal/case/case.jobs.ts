import { defineJob } from '../../../platform/queue/define-job.js';

/** The link is made when the mail goes out, so that no token waits in the queue. */
export const sendEmailConfirmation = defineJob<{ changeId: string }>('portal.send-email-confirmation', {
  attempts: 8,
  backoffMs: 5_000,
});

/** Each night: what opened cases once and opens nothing any more. */
export const removeEndedCaseAccess = defineJob('portal.remove-ended-case-access', {
  schedule: { cron: '0 40 2 * * *' },
});
