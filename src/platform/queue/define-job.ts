import type { JobsOptions } from 'bullmq';

/** What a payload may hold: ids and other scalars, never names, addresses or texts. */
export type PayloadValue = string | number | boolean | null | readonly string[];

/** The part of the configuration on which a schedule may depend. */
export interface ScheduleContext {
  /** IANA name; the zone of every cron pattern that names none. */
  timeZone: string;
  dispatchEveryMs: number;
}

/** `everyMs`: a fixed interval. `cron`: five or six fields, read in `timeZone` (that of the configuration by default). */
export type Schedule = { everyMs: number } | { cron: string; timeZone?: string };

export interface JobOptions {
  /** Jobs that one worker process runs at once. Default 1. */
  concurrency?: number;
  /** Runs in all before the job counts as failed. Default 5. */
  attempts?: number;
  /** First wait before a retry, in milliseconds; it doubles each time, and half of it is random. Default 2,000. */
  backoffMs?: number;
  /** Failed jobs kept for the administrator, for fourteen days at most. Default 1,000. */
  keepFailed?: number;
  /**
   * Completed jobs kept. Default 0: an id given to `add` is free again as soon as the job is done. Of what runs by
   * schedule the last run is kept, so that one sees when it was.
   */
  keepCompleted?: number;
  /** Runs by itself with an empty payload; only for jobs whose payload has no required key. */
  schedule?: Schedule | ((context: ScheduleContext) => Schedule);
}

declare const payloadType: unique symbol;

export interface JobDefinition<P = unknown> {
  /** `module.verb-noun`; also the name of its queue: one job, one queue, so that slow mail never delays dispatch. */
  readonly name: string;
  readonly concurrency: number;
  readonly attempts: number;
  readonly backoffMs: number;
  readonly keepFailed: number;
  readonly keepCompleted: number;
  readonly schedule?: JobOptions['schedule'];
  readonly [payloadType]?: P;
}

const FAILED_KEPT_SECONDS = 14 * 24 * 3600;
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const defined = new Map<string, JobDefinition>();

type Options<P> = Record<never, never> extends P ? JobOptions : Omit<JobOptions, 'schedule'>;

/** Declares a job once, at the top of a module's file; the boot check asks for exactly one handler of each. */
export function defineJob<P extends Record<keyof P, PayloadValue> = Record<never, never>>(
  name: string,
  options: Options<P> = {},
): JobDefinition<P> {
  if (!NAME.test(name)) throw new Error(`The job "${name}" must be named module.verb-noun in small letters.`);
  if (defined.has(name)) throw new Error(`The job "${name}" is defined twice.`);
  const given: JobOptions = options;
  const job: JobDefinition<P> = {
    name,
    concurrency: atLeastOne(name, 'concurrency', given.concurrency ?? 1),
    attempts: atLeastOne(name, 'attempts', given.attempts ?? 5),
    backoffMs: given.backoffMs ?? 2_000,
    keepFailed: given.keepFailed ?? 1_000,
    keepCompleted: given.keepCompleted ?? (given.schedule ? 1 : 0),
    schedule: given.schedule,
  };
  defined.set(name, job);
  return job;
}

/** Every job whose file was loaded, in the order of loading. */
export function definedJobs(): JobDefinition[] {
  return [...defined.values()];
}

export function bullOptions(job: JobDefinition): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs, jitter: 0.5 },
    removeOnComplete: job.keepCompleted === 0 ? true : { count: job.keepCompleted },
    removeOnFail: job.keepFailed === 0 ? true : { count: job.keepFailed, age: FAILED_KEPT_SECONDS },
    stackTraceLimit: 10,
  };
}

function atLeastOne(job: string, option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`The job "${job}" needs ${option} to be a whole number of at least 1, not ${value}.`);
}
