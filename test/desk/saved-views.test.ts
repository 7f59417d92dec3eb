import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/database/ids.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface View {
  id: string;
  name: string;
  shared: boolean;
  mine: boolean;
  version: number;
  code?: string;
}

let t: TestApp;
let officer: HttpClient;
let other: HttpClient;
let manager: HttpClient;
const VIEWS = '/api/v1/saved-views';

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer', 'mot');
  other = await t.http.as('officer', 'hai');
  manager = await t.http.as('manager');
});
beforeEach(() => t.db.execute(`DELETE FROM saved_view`));
afterAll(() => t.close());

const save = async (client: HttpClient, overrides: object = {}): Promise<View> => {
  const body = { name: 'Đang chờ tôi', page: 'pipeline', query: { stage: 'qualified', ownerId: 'me' } };
  const answer = await client.post<View>(VIEWS, { ...body, ...overrides });
  expect(answer.status).toBe(201);
  return answer.body;
};
const names = async (client: HttpClient, query = ''): Promise<string[]> =>
  (await client.get<{ items: View[] }>(`${VIEWS}${query}`)).body.items.map(({ name }) => name);
const change = (client: HttpClient, view: View, body: object, version = view.version) =>
  client.patch<View>(`${VIEWS}/${view.id}`, body, { 'if-match': `"${version}"` });

test('a view is kept under its name, and shown with its filters', async () => {
  const answer = await officer.post<View>(VIEWS, {
    name: 'Của tôi',
    page: 'pipeline',
    query: { q: 'hà nam' },
  });
  expect(answer.headers.etag).toBe('"1"');
  expect(answer.body).toEqual({
    id: expect.any(String),
    name: 'Của tôi',
    page: 'pipeline',
    query: { q: 'hà nam' },
    shared: false,
    owner: { id: officer.userId, name: 'mot' },
    mine: true,
    createdAt: '2026-03-02T03:00:00.000Z',
    updatedAt: '2026-03-02T03:00:00.000Z',
    version: 1,
  });
});

test('one sees one’s own first, and what others share', async () => {
  await save(other, { name: 'Chung', shared: true });
  await save(other, { name: 'Riêng' });
  await save(officer, { name: 'Đất' });
  await save(officer, { name: 'Ao', page: 'firms' });
  expect(await names(officer)).toEqual(['Ao', 'Đất', 'Chung']);
  expect(await names(officer, '?page=pipeline')).toEqual(['Đất', 'Chung']);
  expect(await names(manager)).toEqual(['Chung']);
  expect((await officer.get(`${VIEWS}?page=elsewhere`)).status).toBe(400);
});

test('its owner changes it, against the version last seen', async () => {
  const view = await save(officer);
  expect((await officer.patch(`${VIEWS}/${view.id}`, { name: 'B' })).status).toBe(428);
  const changed = await change(officer, view, { name: 'B', shared: true, query: {} });
  expect(changed.body).toMatchObject({ name: 'B', shared: true, query: {}, version: 2 });
  expect((await change(officer, view, { name: 'C' })).status).toBe(412);
  expect((await officer.delete(`${VIEWS}/${view.id}`)).status).toBe(204);
  expect(await names(officer)).toEqual([]);
});

test('another’s private view does not exist; a shared one is not others’ to change', async () => {
  const hidden = await save(officer);
  const shared = await save(officer, { shared: true });
  for (const client of [other, manager]) {
    expect((await change(client, hidden, { shared: false })).status).toBe(404);
    expect((await client.delete(`${VIEWS}/${hidden.id}`)).status).toBe(404);
    expect((await client.delete(`${VIEWS}/${shared.id}`)).body).toMatchObject({ code: 'not_your_view' });
  }
  expect((await change(other, shared, { shared: false })).status).toBe(403);
  expect((await change(manager, shared, { shared: false, name: 'X' })).status).toBe(403);
  expect((await officer.delete(`${VIEWS}/${newId()}`)).status).toBe(404);
});

test('a manager takes back what another shared', async () => {
  const view = await save(officer, { shared: true });
  const answer = await change(manager, view, { shared: false });
  expect(answer.body).toMatchObject({ shared: false, mine: false, version: 2 });
  expect(await names(manager)).toEqual([]);
  expect(await names(officer)).toEqual([view.name]);
});

test('filters are a few short texts', async () => {
  const refused = async (query: unknown) => {
    const answer = await officer.post<{ errors: { path: string; code: string }[] }>(VIEWS, {
      name: 'A',
      page: 'firms',
      query,
    });
    expect(answer.status).toBe(400);
    return answer.body.errors.map(({ path, code }) => `${path}: ${code}`);
  };
  expect(await refused({ stage: ['a'] })).toEqual(['query: must_be_text']);
  expect(await refused({ 'a.b': 'x' })).toEqual(['query: invalid_format']);
  expect(await refused({ q: 'x'.repeat(2000) })).toEqual(['query: too_long']);
  expect(await refused(Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`k${n}`, ''])))).toEqual([
    'query: too_many',
  ]);
  expect(await refused([])).toEqual(['query: must_be_object']);
});

test('fifty on one page, no more', async () => {
  for (let n = 0; n < 50; n++) await save(officer, { name: `Số ${n}` });
  const answer = await officer.post<View>(VIEWS, { name: 'Nữa', page: 'pipeline', query: {} });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 409, code: 'too_many_views' });
  await save(officer, { page: 'firms' });
});
