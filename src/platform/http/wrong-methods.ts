import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';

/** A parameter, perhaps with the values it may have; or a character that a pattern takes for its own. */
const PARTS = /:(\w+)(?:\(([^)]*)\))?|[.*+?^${}()|[\]\\]/g;

interface KnownPath {
  matches: RegExp;
  methods: Set<string>;
}

/**
 * A path that exists under other methods answers 405 and names them in `Allow`; any other unknown path stays 404.
 * Asked for before the routes are made, since it listens to them being made.
 */
export function refuseWrongMethods(fastify: FastifyInstance): void {
  const known = new Map<string, KnownPath>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const path = known.get(url) ?? { matches: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) path.methods.add(one);
    known.set(url, path);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?')[0]!;
    const allowed = [...known.values()].flatMap(({ matches, methods }) =>
      matches.test(path) ? [...methods] : [],
    );
    if (allowed.length === 0 || allowed.includes(request.method)) return done();
    void reply.header('allow', [...new Set(allowed)].sort().join(', '));
    done(new ProblemError(405, 'method_not_allowed'));
  });
}

/** @param url as a route is written @example "/api/v1/leads/:id", "/:lang(en|zh)/:id.json", "/app/*" */
function patternOf(url: string): RegExp {
  const source = url.replace(PARTS, (part, name?: string, values?: string) => {
    if (name) return values ? `(?:${values})` : '[^/]+';
    return part === '*' ? '.*' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
