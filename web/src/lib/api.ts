import createClient, { type Middleware } from 'openapi-fetch';
import i18n from 'i18next';
import type { paths } from '../api/schema';
import { Problem, Unreachable, type ProblemBody } from './problem';

const speakLanguage: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18n.language || 'vi');
    return request;
  },
};

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable();
  }
}

/** The contract as typed calls: `take(api.GET('/api/v1/leads/{id}', { params: { path: { id } } }))`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: reach });
api.use(speakLanguage);

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data; anything but a success is thrown as a `Problem`. */
export async function take<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new Problem(response.status, (error ?? {}) as ProblemBody);
  }
  return data as T;
}

/** The header that makes a change valid only for the version that was read. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** A header that makes a creation happen once however often it is sent; keep the key for the form's life. */
export const once = (key: string) => ({ 'Idempotency-Key': key });

/** A key for `once`, also where the page is served without https. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
