import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SearchResult } from '../../src/modules/desk/search.dto.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;
let firmId: string;
let contactId: string;
let lead: { id: string; reference: string };

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  const firm = await givenFirm(t, {
    name: 'Công ty Cổ phần Hà Nam Đông Đô',
    taxCode: '4900123456',
    phone: '0205 381 2345',
    email: 'lienhe@hanam.test',
  });
  firmId = firm.id;
  const contact = await givenContact(t, {
    firmId,
    fullName: 'Đặng Thị Ngọc',
    email: 'ngoc@rieng.test',
    phone: '0912 345 678',
  });
  contactId = contact.id;
  lead = await givenLead(t, { firmId, ownerId: officer.userId });
  for (let n = 0; n < 7; n++) await givenFirm(t, { name: `Tập đoàn Phú Thịnh ${n}` });
  const round = await officer.post('/api/v1/rounds', {
    code: 'XT-2026-01',
    name: 'Xúc tiến tại Quảng Châu',
    startsOn: '2026-03-02',
    endsOn: '2026-03-06',
  });
  expect(round.status).toBe(201);
});
afterAll(() => t.close());

async function search(q: string, more = ''): Promise<SearchResult['groups']> {
  const { status, body } = await officer.get<SearchResult>(
    `/api/v1/search?q=${encodeURIComponent(q)}${more}`,
  );
  expect(status).toBe(200);
  return body.groups;
}

const found = async (q: string): Promise<Record<string, string[]>> =>
  Object.fromEntries((await search(q)).map(({ type, hits }) => [type, hits.map(({ id }) => id)]));

test('a name, with accents or without, finds the firm and its leads', async () => {
  for (const q of ['ha nam', 'Hà Nam Đông', 'HÀ NAM dong do', 'dong ha'])
    expect(await found(q)).toMatchObject({ firm: [firmId], lead: [lead.id] });
  const [firm, leads] = await search('hà nam');
  expect(firm!.hits).toEqual([
    {
      type: 'firm',
      id: firmId,
      title: 'Công ty Cổ phần Hà Nam Đông Đô',
      subtitle: '4900123456',
      leadId: null,
      firmId,
      state: null,
    },
  ]);
  expect(leads!.hits).toEqual([
    {
      type: 'lead',
      id: lead.id,
      title: 'Công ty Cổ phần Hà Nam Đông Đô',
      subtitle: lead.reference,
      leadId: lead.id,
      firmId,
      state: 'enquiry',
    },
  ]);
});

test('numbers and addresses, of the firm or of its people', async () => {
  for (const q of ['4900123456', '49001234', '0205 381 2345', '+84 205 381 2345', 'lienhe@hanam.test'])
    expect(await found(q)).toEqual({ firm: [firmId], lead: [lead.id] });
  for (const q of ['0912345678', '0912 345 678', 'ngoc@rieng.test'])
    expect(await found(q)).toEqual({ firm: [firmId], contact: [contactId], lead: [lead.id] });
});

test('a person, a reference, a cluster, a round', async () => {
  expect(await found('dang thi ng')).toEqual({ contact: [contactId] });
  expect(await found(lead.reference.toLowerCase())).toEqual({ lead: [lead.id] });
  expect(await found(lead.reference.slice(-6))).toMatchObject({ lead: [lead.id] });
  const [cluster] = await t.db.query<{ id: string; name: string; code: string }>(
    `SELECT id, name, code FROM cluster WHERE code = 'van-lang'`,
  );
  expect((await found(cluster!.name)).cluster![0]).toBe(cluster!.id);
  expect((await found('van-lang')).cluster![0]).toBe(cluster!.id);
  const [round] = await search('quang chau');
  expect(round).toMatchObject({ type: 'round', hits: [{ subtitle: 'XT-2026-01', state: 'planned' }] });
  expect((await search('xt-2026')).map(({ type }) => type)).toEqual(['round']);
});

test('a few of each, and whether there are others', async () => {
  const [group] = await search('phu thinh');
  expect({ shown: group!.hits.length, more: group!.more }).toEqual({ shown: 5, more: true });
  const [all] = await search('phu thinh', '&limit=7');
  expect({ shown: all!.hits.length, more: all!.more }).toEqual({ shown: 7, more: false });
});

test('a text means itself, and an erased person is not found', async () => {
  expect(await search('100%')).toEqual([]);
  expect(await search('__')).toEqual([]);
  expect(await search("o'brien; drop table lead")).toEqual([]);
  await t.db.execute(`UPDATE contact SET erased_at = $2 WHERE id = $1`, [contactId, t.clock.now()]);
  expect(await found('ngoc@rieng.test')).toEqual({});
});

test.each(['', '?q=', '?q=a', '?q=%20%20a%20', '?q=ab&limit=0', '?q=ab&limit=21', '?q=ab&type=firm'])(
  'refuses %s',
  async (query) => {
    expect((await officer.get(`/api/v1/search${query}`)).status).toBe(400);
  },
);
