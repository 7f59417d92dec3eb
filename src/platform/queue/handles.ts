import type { JobDefinition } from './define-job.js';

/** What a handler may know of the run besides its payload. */
export interface JobRun {
  jobId: string;
  /** 1 at the first try. */
  attempt: number;
  /** True when a failure now is final. */
  lastAttempt: boolean;
  /** Aborted when the program stops and the time for active jobs is over: release what is claimed and throw. */
  signal: AbortSignal;
}

export const HANDLED_JOB = Symbol('handled job');

type HandlerMethod<P> = (payload: P, run: JobRun) => Promise<unknown>;

/**
 * Marks the one method that runs a job, on a provider of a `*.worker.ts` list. It runs as the system, in a context
 * of its own, at least once: after a crash or a lost connection it may run again with the same payload.
 */
export function Handles<P>(job: JobDefinition<P>) {
  return <H extends HandlerMethod<P>>(
    _prototype: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    Reflect.defineMetadata(HANDLED_JOB, job, descriptor.value!);
  };
}
