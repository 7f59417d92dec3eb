import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/database/ids.js';
import type { HttpAnswer, HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';
import { hostileBodies, operations, type Operation } from '../support/openapi.js';

interface Problem {
  code: string;
  status: number;
  title: string;
  detail: string;
  errors?: { path: string; code: string; message: string }[];
}

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as object;
const all = operations(document);
/** Signing out or changing one's own password would end the session that the test lives by. */
const withBody = all.filter(({ body, path }) => body && !path.startsWith('/api/auth/'));

let t: TestApp;
let admin: HttpClient;

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  admin = await t.http.as('admin');
});
afterAll(() => t.close());

let address = 0;
const send = ({ method, path }: Operation, body: unknown, query = ''): Promise<HttpAnswer<Problem>> => {
  const url = path
    .replace('{kind}', 'secondary')
    .replace('{language}', 'vi')
    .replace('{report}', 'pipeline')
    .replaceAll(/\{\w+\}/g, newId());
  const headers = {
    'if-match': '"1"',
    'x-forwarded-for': `10.${++address >> 8}.${address & 255}.1`,
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
  };
  return admin.send<Problem>(method, `${url}${query}`, body, headers);
};

/** A refusal that a client can act on and that tells nothing of the inside. */
function expectProblem(answer: HttpAnswer<Problem>): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    status: answer.status,
    code: expect.stringMatching(/^[a-z_]+$/),
    title: expect.any(String),
    detail: expect.any(String),
  });
  expect(answer.text).not.toMatch(/node_modules|at \w+ \(|SELECT |INSERT |pg_|\.ts:/);
  for (const { path, message } of answer.body.errors ?? []) {
    expect(typeof path).toBe('string');
    expect(message).not.toMatch(/^\w+:\w|\{\{|^[a-z]+_[a-z_]+$/);
  }
}

test('the contract is complete enough to be tried', () => {
  expect(all.length).toBeGreaterThan(90);
  expect(withBody.length).toBeGreaterThan(40);
});

describe('every route with a body', () => {
  test.each(withBody.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s refuses bad input by name',
    async (_name, operation) => {
      const refusals: string[] = [];
      for (const { what, body, path } of hostileBodies(operation.body!)) {
        const answer = await send(operation, body);
        if (answer.status >= 500 || answer.status < 400) refusals.push(`${what}: ${answer.status}`);
        else expectProblem(answer);
        const named = answer.body.errors?.map((error) => error.path) ?? [];
        if (path && answer.status === 400 && !named.some((one) => one === path || one.startsWith(`${path}.`)))
          refusals.push(`${what}: names ${named.join(', ') || 'nothing'}`);
      }
      expect(refusals).toEqual([]);
    },
  );

  test.each(withBody.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s refuses what is no JSON object',
    async (_name, operation) => {
      for (const body of ['{', '[]', '"text"', '1', 'null']) expectProblem(await send(operation, body));
    },
  );
});

describe('every route with an id', () => {
  const withId = all.filter(({ path, method }) => path.includes('{id}') && method !== 'DELETE');
  test.each(withId.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s refuses what is no id',
    async (_name, operation) => {
      for (const id of ['1', 'null', "'; DROP TABLE lead;--", '%00', '../../etc/passwd', 'x'.repeat(150)]) {
        expectProblem(
          await send(
            { ...operation, path: operation.path.replace('{id}', encodeURIComponent(id)) },
            operation.body ? {} : undefined,
          ),
        );
      }
    },
  );
});

describe('every list', () => {
  const lists = all.filter(
    ({ method, path, query }) => method === 'GET' && query.includes('cursor') && !path.includes('{report}'),
  );
  const HOSTILE = [
    'limit=0',
    'limit=201',
    'limit=abc',
    'limit=1.5',
    'cursor=abc',
    'cursor=e30.AAAAAAAAAAAAAAAAAAAAAA',
    'sort=password',
    'sort=name;DROP TABLE lead',
    'sort=__proto__',
    'sort=a,b,c,d,e',
    'unknown=1',
    'q=%00',
  ];
  test.each(lists.map((operation) => [operation.path, operation] as const))(
    '%s refuses hostile queries',
    async (_path, operation) => {
      for (const query of HOSTILE) {
        const answer = await send(operation, undefined, `?${query.replaceAll(' ', '%20')}`);
        expect(`${query}: ${answer.status}`).toMatch(/: 4\d\d$/);
        expectProblem(answer);
      }
    },
  );
});

test('a cursor that was tampered with is refused', async () => {
  const first = await admin.get<{ nextCursor: string }>('/api/v1/clusters?limit=2');
  const { nextCursor } = first.body;
  const [body, seal] = nextCursor.split('.') as [string, string];
  const other = Buffer.from(
    JSON.stringify(JSON.parse(Buffer.from(body, 'base64url').toString()).reverse()),
  ).toString('base64url');
  for (const cursor of [`${other}.${seal}`, `${body}.${'A'.repeat(seal.length)}`, body, `${nextCursor}x`]) {
    const answer = await admin.get<Problem>(`/api/v1/clusters?limit=2&cursor=${cursor}`);
    expect(answer.body.errors).toEqual([
      { path: 'cursor', code: 'invalid_cursor', message: expect.any(String) },
    ]);
  }
  expect(
    (await admin.get<Problem>(`/api/v1/clusters?limit=2&sort=-name&cursor=${nextCursor}`)).body.errors?.[0]
      ?.code,
  ).toBe('cursor_of_another_sort');
});

test('messages come in the language of the caller, codes never change', async () => {
  const inLanguage = (language: string) =>
    admin.post<Problem>('/api/v1/firms', {}, { 'accept-language': language });
  const [vi, en] = [await inLanguage('vi'), await inLanguage('en-GB,en;q=0.9')];
  expect(vi.body.code).toBe(en.body.code);
  expect(vi.body.errors).toContainEqual({ path: 'name', code: 'required', message: 'Ô này là bắt buộc.' });
  expect(en.body.errors).toContainEqual({
    path: 'name',
    code: 'required',
    message: 'This field is required.',
  });
});

test('no body says as much as an empty one: what is missing is named', async () => {
  const firm = await admin.send<Problem>('POST', '/api/v1/firms', undefined, {});
  expect(firm.body.errors).toContainEqual(expect.objectContaining({ path: 'name', code: 'required' }));
});

test.each([
  ['/%E0%A4%A', 400, 'bad_request'],
  [`/r/${'a'.repeat(300)}`, 404, 'not_found'],
])('an address that cannot be read is told like any other fault: %s', async (url, status, code) => {
  const answer = await admin.get<Problem>(url);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status, code });
});

test('nobody who is not signed in gets anything but the public part', async () => {
  const open = /^\/(api\/auth|api\/public|health)/;
  for (const operation of all.filter(({ path }) => !open.test(path))) {
    const url = operation.path.replaceAll(/\{\w+\}/g, newId());
    const { status } = await t.http.anonymous.send(
      operation.method,
      url,
      operation.body ? {} : undefined,
      {},
    );
    expect(`${operation.method} ${operation.path}: ${status}`).toBe(
      `${operation.method} ${operation.path}: 401`,
    );
  }
});
