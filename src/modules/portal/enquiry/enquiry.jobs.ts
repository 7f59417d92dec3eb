import { defineJob } from '../../../platform/queue/define-job.js';

/** Each minute, and whenever one has just come in: mails to those whose enquiry waits for their word; old ones are forgotten. */
export const tendUnconfirmed = defineJob('portal.tend-unconfirmed', { schedule: { everyMs: 60_000 } });
