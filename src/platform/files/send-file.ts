import type { FastifyReply } from 'fastify';
import { disposition } from './file-kinds.rules.js';
import type { OpenFile } from './files.js';

/**
 * Gives a file out so that nothing in it ever runs as our page: pictures may stand in a page, everything else is for
 * saving. @param maxAgeSeconds how long others may keep a copy; 0 for what not everybody may see
 */
export function sendFile(
  reply: FastifyReply,
  { file, kind, stream }: OpenFile,
  maxAgeSeconds = 0,
): FastifyReply {
  return reply
    .header('content-type', file.mediaType)
    .header('content-length', file.size)
    .header('content-disposition', disposition(kind.picture ? 'inline' : 'attachment', file.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('etag', `"${file.sha256}"`)
    .header('cache-control', maxAgeSeconds > 0 ? `public, max-age=${maxAgeSeconds}` : 'private, no-store')
    .send(stream);
}
