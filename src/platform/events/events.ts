import { Injectable, type OnApplicationBootstrap, SetMetadata } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

type EventClass<E extends object = object> = abstract new (...args: never[]) => E;
type Handler = (event: object) => Promise<void>;

const EVENT = 'event';

/** Marks the method that takes the news of a lower module, in the publisher's transaction. */
export const On = (event: EventClass) => SetMetadata(EVENT, event);

/** News goes up: a lower module publishes what happened without knowing who listens. */
@Injectable()
export class Events implements OnApplicationBootstrap {
  private readonly handlers = new Map<EventClass, Handler[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders() as {
      instance: Record<string, Handler> | null;
    }[]) {
      if (!instance || typeof instance !== 'object') continue;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const event = this.reflector.get<EventClass | undefined>(EVENT, instance[name]!);
        if (event)
          this.handlers.set(event, [...(this.handlers.get(event) ?? []), instance[name]!.bind(instance)]);
      }
    }
  }

  /** Waits for every listener; one that throws undoes the publisher's transaction with it. */
  async publish(event: object): Promise<void> {
    for (const handler of this.handlers.get(event.constructor as EventClass) ?? []) await handler(event);
  }
}
