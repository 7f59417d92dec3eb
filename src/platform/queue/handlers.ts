import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { JobDefinition } from './define-job.js';
import { HANDLED_JOB, type JobRun } from './handles.js';

export interface JobHandler {
  job: JobDefinition;
  /** `Class.method`, for the sentences of the boot check. */
  place: string;
  handle(payload: unknown, run: JobRun): Promise<unknown>;
}

/** Finds every method marked with `@Handles` among the providers that live as long as the program. */
@Injectable()
export class HandlerDiscovery {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  find(): JobHandler[] {
    const instances = new Set<object>();
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.isDependencyTreeStatic() ? wrapper.instance : null;
      if (typeof instance === 'object' && instance !== null) instances.add(instance);
    }
    return [...instances].flatMap((instance) => this.handlersOf(instance));
  }

  private handlersOf(instance: object): JobHandler[] {
    const prototype: object | null = Object.getPrototypeOf(instance);
    if (!prototype) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method = (prototype as Record<string, JobHandler['handle']>)[name]!;
      const job: JobDefinition | undefined = Reflect.getMetadata(HANDLED_JOB, method);
      if (!job) return [];
      return [{ job, place: `${instance.constructor.name}.${name}`, handle: method.bind(instance) }];
    });
  }
}

/** Refuses to start a worker that would leave a job lying or run it in two places. */
export function assertEveryJobHasOneHandler(
  jobs: readonly JobDefinition[],
  handlers: readonly Pick<JobHandler, 'job' | 'place'>[],
): void {
  const known = new Set(jobs.map((job) => job.name));
  const stranger = handlers.find((handler) => !known.has(handler.job.name));
  if (stranger) {
    throw new Error(
      `${stranger.place} handles the job "${stranger.job.name}", which is not among the defined jobs.`,
    );
  }
  for (const job of jobs) {
    const places = handlers
      .filter((handler) => handler.job.name === job.name)
      .map((handler) => handler.place);
    if (places.length === 0) {
      throw new Error(
        `The job "${job.name}" has no handler: mark one method with @Handles and list its class in the worker module.`,
      );
    }
    if (places.length > 1) {
      throw new Error(
        `The job "${job.name}" has ${places.length} handlers, but may have one: ${places.join(', ')}.`,
      );
    }
  }
}
