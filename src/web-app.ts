import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the build puts the officer's web app: beside the compiled program, or in `dist` under the sources. */
const FOLDERS = ['./web/', '../dist/web/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/**
 * Gives out the officer's web app at `/app`. Files with a hash in their name never change; the page itself is
 * asked for anew each time. Every address below `/app` without an extension is a page of the app.
 */
export async function serveWebApp(fastify: FastifyInstance): Promise<void> {
  const folder = FOLDERS.find((path) => existsSync(`${path}index.html`));
  if (!folder) return;
  await fastify.register(fastifyStatic, {
    root: folder,
    prefix: '/app/',
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/');
      void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.get('/app', (_request, reply) => reply.sendFile('index.html'));
  fastify.get('/app/*', (request, reply) => {
    const name = request.url.split('?')[0]!.split('/').at(-1)!;
    if (name.includes('.')) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
