import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { ConsentQueries } from '../../src/modules/directory/consent.queries.js';
import { Erasure } from '../../src/modules/privacy/erasure.service.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import { everywhere, givenPerson, PERSON, type GivenPerson } from './person.js';

let t: TestApp;
let person: GivenPerson;
let namesake: string;
let before: string;

const REPORTS = ['pipeline', 'ageing', 'follow-up', 'rounds', 'targets'];

/** Every figure of every report, as a manager reads them. */
async function figures(): Promise<string> {
  const manager = await t.http.as('manager');
  const answers = await Promise.all(
    REPORTS.map((name) => manager.get(`/api/v1/reports/${name}?from=2026-01-01&to=2026-03-02`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(REPORTS.map(() => 200));
  return JSON.stringify(answers.map(({ body }) => body));
}

beforeAll(async () => {
  t = await startApp();
  await t.http.as('manager');
  person = await givenPerson(t);
  namesake = (await givenContact(t, { fullName: PERSON.fullName, email: 'khac@cong-ty-khac.test' })).id;
  before = await figures();
  await t.asSystem(() => t.get(Erasure).erase(person.contactId));
});
afterAll(() => t.close());

test('the person was everywhere before: the test looks where it should', () => {
  const tables = new Set(person.places.map((place) => place.split('.')[0]));
  for (const table of [
    'contact',
    'consent',
    'activity',
    'timeline_entry',
    'lead',
    'participation',
    'reminder',
  ])
    expect([...tables]).toContain(table);
  for (const table of ['message', 'message_answer', 'audit_entry', 'saved_view', 'data_request', 'enquiry'])
    expect([...tables]).toContain(table);
});

test('no text of any table has the name, the e-mail or the telephone any more', async () => {
  const left = await everywhere(t, person.words);
  const others = left.filter(({ rowId }) => rowId !== namesake);
  expect(others.map(({ place, value }) => `${place}: ${value}`)).toEqual([]);
});

test('another of the same name at another firm is left alone', async () => {
  const manager = await t.http.as('manager');
  const { body } = await manager.get<{ fullName: string }>(`/api/v1/contacts/${namesake}`);
  expect(body.fullName).toBe(PERSON.fullName);
});

test('every figure of every report is what it was', async () => {
  expect(await figures()).toBe(before);
});

test('the trail still tells who did what, and that the person was erased', async () => {
  const manager = await t.http.as('manager');
  const { body } = await manager.get<{ items: { action: string; changes: Record<string, unknown> }[] }>(
    `/api/v1/audit?table=contact&rowId=${person.contactId}`,
  );
  expect(body.items.length).toBeGreaterThanOrEqual(2);
  expect(body.items.some(({ changes }) => 'erased_at' in changes)).toBe(true);
});

test('the ledger keeps what was said, and still refuses every other change', async () => {
  const lines = await t.db.query(
    `SELECT action, address, evidence, address_hash IS NOT NULL AS hashed FROM consent WHERE contact_id = $1 ORDER BY recorded_at, id`,
    [person.contactId],
  );
  expect(lines).toEqual([
    { action: 'given', address: null, evidence: null, hashed: true },
    { action: 'withdrawn', address: null, evidence: null, hashed: true },
  ]);
  await expect(
    t.db.execute(`UPDATE consent SET action = 'given' WHERE contact_id = $1`, [person.contactId]),
  ).rejects.toThrow('only added');
  await givenContact(t, { consent: 'given' });
  await expect(
    t.db.execute(`UPDATE consent SET address = NULL, evidence = NULL WHERE contact_id <> $1`, [
      person.contactId,
    ]),
  ).rejects.toThrow('only added');
});

test('the refusal meets the mailbox again, by whichever way it comes back', async () => {
  const states = async (ids: string[]) => {
    const known = await t.get(ConsentQueries).current(ids);
    return ids.map((id) => known.get(id));
  };
  const firmId = (await givenFirm(t)).id;
  const created = await givenContact(t, { firmId, email: PERSON.email });
  const [imported] = await t.asSystem(async () => {
    const other = (await givenFirm(t)).id;
    return t
      .get(ContactsService)
      .importMany([{ firmId: other, fullName: 'Người Mới', email: PERSON.email.toUpperCase() }]);
  });
  const moved = await givenContact(t, { consent: 'given' });
  await t.asSystem(() => t.get(ContactsService).change(moved.id, moved.version, { email: PERSON.email }));
  expect(await states([created.id, imported!.id, moved.id])).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
});

test('once is enough', async () => {
  await expect(t.asSystem(() => t.get(Erasure).erase(person.contactId))).rejects.toThrow();
});
