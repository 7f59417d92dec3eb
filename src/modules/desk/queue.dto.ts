import type { BackendKind } from '../../platform/queue/queue-backend.js';

export class JobSchedule {
  /** When it runs next; null while no worker has set it up. */
  nextAt: string | null;
  /** When the latest known run ended; null when there was none. */
  lastAt: string | null;
  /** Whether that run succeeded. */
  lastOk: boolean | null;
}

export class JobKind {
  /** @example "messaging.send-message" */
  name: string;
  /** Ready to run. */
  waiting: number;
  /** Running now. */
  active: number;
  /** Held back until their time; the next run of a schedule counts here. */
  delayed: number;
  /** Given up; an administrator may run them again. Kept for 14 days. */
  failed: number;
  /** Null for what does not run by itself. */
  schedule: JobSchedule | null;
}

export class FailedJobAnswer {
  /** For `/queue/failed/:id/retry`. */
  id: string;
  /** The name of its kind. */
  job: string;
  /** Runs so far. */
  attempts: number;
  failedAt: string | null;
  /** Kind and code of the last error; no personal data. @example "Error ECONNREFUSED" */
  reason: string;
}

export class DispatchHealth {
  ok: boolean;
  /** Since the oldest waiting reminder was due: growing, it means that no worker runs. Null when it cannot be read. */
  lagSeconds: number | null;
}

export class MessageCounts {
  queued: number;
  sending: number;
  sent: number;
  failed: number;
  bounced: number;
  unknown: number;
  cancelled: number;
}

export class DeliveryHealth {
  /** The first instant counted: seven days ago. */
  since: string;
  /** Mails made since then, by their status now. */
  counts: MessageCounts;
  /** Mails of any age in `unknown` or `failed`: somebody decides whether to send them again. */
  undecided: number;
}

export class QueueOverview {
  backend: BackendKind;
  /** False when the queue's store does not answer; `jobs` and `failed` are then empty. */
  ok: boolean;
  jobs: JobKind[];
  /** The latest 100, newest first. */
  failed: FailedJobAnswer[];
  dispatch: DispatchHealth;
  messages: DeliveryHealth;
}

export class RetriedJobs {
  /** How many begin anew. */
  retried: number;
}
