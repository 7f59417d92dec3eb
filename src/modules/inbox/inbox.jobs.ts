import { defineJob } from '../../platform/queue/define-job.js';

/** Reads what is new in the mailbox of `IMAP_URL`. A run that fails is not repeated: the next one goes on where it stopped. */
export const readMailbox = defineJob('inbox.read-mailbox', {
  attempts: 1,
  schedule: ({ dispatchEveryMs }) => ({ everyMs: dispatchEveryMs }),
});
