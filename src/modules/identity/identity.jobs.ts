import { defineJob } from '../../platform/queue/define-job.js';

/** `invitation`: a new account's first password. `forgotten`: the person asked for it. */
export type PasswordLinkReason = 'invitation' | 'forgotten';

/** Makes the link when the mail goes out, so that no token waits in the queue. */
export const sendPasswordLink = defineJob<{ userId: string; reason: PasswordLinkReason }>(
  'identity.send-password-link',
  {
    attempts: 8,
    backoffMs: 5_000,
  },
);

/** Each night: sessions, links and attempts that ended of themselves, and uploads that no row names. */
export const removeExpired = defineJob('identity.remove-expired', { schedule: { cron: '0 30 2 * * *' } });
