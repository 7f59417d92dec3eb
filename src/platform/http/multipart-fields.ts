import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';

const BODY_LIMIT = 64 * 1024;

/**
 * Forms of text fields as `multipart/form-data`, below one path only: a mail program's one-click opt-out may come as
 * either kind of form (RFC 8058, 3.2). Files are refused.
 */
export function acceptMultipartFields(fastify: FastifyInstance, below: string): void {
  fastify.addContentTypeParser<Buffer>(
    /^multipart\/form-data\b/i,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async ({ url, headers }: { url: string; headers: { 'content-type'?: string } }, body: Buffer) => {
      if (!url.startsWith(below)) throw new ProblemError(415, 'unsupported_media_type');
      return readFields(body, headers['content-type'] ?? '');
    },
  );
}

async function readFields(body: Buffer, contentType: string): Promise<Record<string, string>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new ProblemError(400, 'bad_request');
    });
  const fields = [...form.entries()];
  if (fields.some(([, value]) => typeof value !== 'string')) throw new ProblemError(400, 'bad_request');
  return Object.fromEntries(fields) as Record<string, string>;
}
