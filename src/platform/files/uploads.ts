import { stat } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyMultipart from '@fastify/multipart';
import { Invalid, ProblemError } from '../http/problem.js';
import { checkedBody } from '../http/validation.pipe.js';
import { LARGEST_FILE, MEGABYTE } from './file-kinds.rules.js';

/** A file as it came in, in a temporary place until the answer is sent. */
export interface UploadedFile {
  /** The form's field. */
  field: string;
  path: string;
  /** Bytes. */
  size: number;
  /** As the sender calls it. */
  name: string;
}

export interface UploadedForm {
  fields: Record<string, string>;
  files: UploadedFile[];
}

const FILES = 5;
/** Of a form with one file. */
const FILE_FIELD = 'file';

/**
 * For `@RouteConfig`: the route reads `multipart/form-data`. `fields` come as the body, as from any form; `files` are
 * read by the handler with `readUploads`, after it is known who sends them. Every other route answers 415.
 */
export interface MultipartRoute {
  multipart: 'fields' | 'files';
}

export async function acceptUploads(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyMultipart, {
    limits: { fileSize: LARGEST_FILE, files: FILES, fields: 50, fieldSize: 64 * 1024, parts: 60 },
  });
  fastify.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    const { multipart } = request.routeOptions.config as Partial<MultipartRoute>;
    if (multipart === undefined) throw new ProblemError(415, 'unsupported_media_type');
    if (multipart === 'fields') request.body = await textFields(request);
  });
}

/**
 * The form of a request, its files on disk until the answer is sent. Anything but a multipart form is 415; a file of
 * more than 20 MB is 413 `file_too_large`. Empty file fields, which browsers send when nothing was chosen, are left out.
 */
export async function readUploads(request: FastifyRequest): Promise<UploadedForm> {
  if (!request.isMultipart()) throw new ProblemError(415, 'unsupported_media_type');
  try {
    const { files, values } = await request.saveRequestFiles();
    const sized = await Promise.all(
      files.map(async ({ fieldname, filepath, filename }) => ({
        field: fieldname,
        path: filepath,
        size: (await stat(filepath)).size,
        name: filename ?? '',
      })),
    );
    return {
      fields: textsOf(values),
      files: sized.filter(({ size, name }) => size > 0 || name !== ''),
    };
  } catch (error) {
    throw meaningOf(error);
  }
}

/** A form with at most one file, in the field `file`, its texts checked as any body is. @param Body what the texts are */
export async function readForm<B extends object>(
  request: FastifyRequest,
  Body: new () => B,
): Promise<{ body: B; file: UploadedFile | undefined }> {
  const { fields, files } = await readUploads(request);
  if (files.length > 1) throw new ProblemError(413, 'too_large');
  const strange = files.find(({ field }) => field !== FILE_FIELD);
  if (strange) throw new Invalid(strange.field.slice(0, 100), 'unknown_field');
  return {
    body: await checkedBody(Body, fields),
    file: files[0],
  };
}

async function textFields(request: FastifyRequest): Promise<Record<string, string>> {
  const { fields, files } = await readUploads(request);
  if (files.length > 0) throw new ProblemError(400, 'bad_request');
  return fields;
}

/** Of a field that comes twice, the last one counts. */
function textsOf(values: object): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, field] of Object.entries(values)) {
    const last: unknown = Array.isArray(field) ? field.at(-1) : field;
    const { value } = last as { value?: unknown };
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

const TOO_MUCH = new Set([
  'FST_REQ_FILE_TOO_LARGE',
  'FST_FILES_LIMIT',
  'FST_FIELDS_LIMIT',
  'FST_PARTS_LIMIT',
]);

function meaningOf(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (error instanceof ProblemError) return error;
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new ProblemError(413, 'file_too_large', { megabytes: LARGEST_FILE / MEGABYTE });
  if (code && TOO_MUCH.has(code)) return new ProblemError(413, 'too_large');
  return new ProblemError(400, 'bad_request');
}
