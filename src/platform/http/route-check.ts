import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ALLOWED_ACTION, IS_PUBLIC } from './allow.js';

export interface Route {
  method: string;
  path: string;
  /** Null for a public route. */
  action: string | null;
}

/** Refuses to start with a route that says neither `@Allow` nor `@Public`. */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.routes();
  }

  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const methods = this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object);
      return methods.flatMap((name) =>
        this.routeOf((instance as Record<string, () => unknown>)[name]!, metatype),
      );
    });
  }

  private routeOf(handler: () => unknown, controller: { name: string }): Route[] {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const targets = [handler, controller as never];
    const action = this.reflector.getAllAndOverride<string | undefined>(ALLOWED_ACTION, targets);
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, targets);
    if (!action && !isPublic)
      throw new Error(`${controller.name}.${handler.name} says neither @Allow nor @Public.`);
    const pathsOf = (target: object): string[] =>
      [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
    return pathsOf(controller).flatMap((base) =>
      pathsOf(handler).map((path) => ({
        method: RequestMethod[method],
        path: `/${[base, path]
          .map((part) => part.replace(/^\/|\/$/g, ''))
          .filter(Boolean)
          .join('/')}`,
        action: isPublic ? null : action!,
      })),
    );
  }
}
