import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/database/ids.js';
import { startApp, type TestApp } from '../support/harness.js';
import { operations } from '../support/openapi.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Problem {
  code: string;
  detail: string;
}

/** A word may stand where another path has an id: `/firms/duplicates` is also `/firms/{id}`. */
const isAt = (path: string, url: string): boolean =>
  new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(url);

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('every known path names its methods to whoever comes with another', async () => {
  const known = new Map<string, string[]>();
  for (const { method, path } of operations(JSON.parse(readFileSync('openapi.json', 'utf8')) as object))
    known.set(path, [...(known.get(path) ?? []), method]);
  expect(known.size).toBeGreaterThan(60);
  const wrong: unknown[] = [];
  for (const [path, methods] of known) {
    const url = path.replaceAll(/\{\w+\}/g, newId());
    for (const method of METHODS.filter((one) => !methods.includes(one))) {
      const answer = await t.http.anonymous.send<Problem>(method, url, undefined, {});
      const allowed = String(answer.headers.allow ?? '').split(', ');
      if (answer.status === 405 && methods.every((one) => allowed.includes(one))) continue;
      if ([...known].some(([other, its]) => its.includes(method) && isAt(other, url))) continue;
      wrong.push([method, path, answer.status, answer.headers.allow]);
    }
  }
  expect(wrong).toEqual([]);
});

test('the refusal is a problem in the words of the reader', async () => {
  const answer = await t.http.anonymous.send<Problem>('DELETE', '/api/v1/me?x=1', undefined, {
    'accept-language': 'en',
  });
  expect([answer.status, answer.body.code, answer.headers.allow]).toEqual([
    405,
    'method_not_allowed',
    'GET, HEAD, PATCH',
  ]);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test.each(['/api/v1/nowhere', '/api/v1/me/x', '/api/v1/leads/a/b/c/d', '//', '/api', '/fr'])(
  'a path that nobody knows stays unknown: POST %s',
  async (path) => {
    const answer = await t.http.anonymous.send<Problem>('POST', path, undefined, {});
    expect(answer.status).toBe(404);
  },
);

test.each(['/', '/en', '/mailbox/messages.json', '/u/x'])('a page knows its method: PUT %s', async (path) => {
  const answer = await t.http.anonymous.send<Problem>('PUT', path, undefined, {});
  expect([answer.status, answer.headers.allow]).toEqual([405, expect.stringContaining('GET')]);
});
