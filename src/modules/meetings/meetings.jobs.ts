import { defineJob } from '../../platform/queue/define-job.js';

/** Reminds of tomorrow's meetings, and tells officers of those that have come to lie on a day off. Twice is harmless. */
export const tendMeetings = defineJob('meetings.tend', { attempts: 1, schedule: { everyMs: 600_000 } });
