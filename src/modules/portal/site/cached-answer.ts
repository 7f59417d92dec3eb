import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Minutes rather than hours: what is withdrawn from the public is gone soon. */
const SHORT = 'public, max-age=60, stale-while-revalidate=60';

/** Sends what is the same for everybody, or 304 to who has it already. */
export function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body }: { type: string; body: string },
): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  void reply.header('cache-control', SHORT).header('etag', etag);
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag))
    void reply.status(304).send();
  else void reply.type(type).send(body);
}

export const HTML = 'text/html; charset=utf-8';
