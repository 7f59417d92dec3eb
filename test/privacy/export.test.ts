import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CopyLinks } from '../../src/modules/privacy/copy-links.service.js';
import { PersonalData, type PersonalDataExport } from '../../src/modules/privacy/personal-data.service.js';
import { givenContact } from '../factories/directory.js';
import { givenActivity } from '../factories/leads.js';
import { startApp, type TestApp } from '../support/harness.js';
import { givenPerson, PERSON, type GivenPerson } from './person.js';

let t: TestApp;
let person: GivenPerson;
let copy: PersonalDataExport;

beforeAll(async () => {
  t = await startApp();
  person = await givenPerson(t);
  const colleague = await givenContact(t, {
    firmId: person.firmId,
    fullName: 'Hoàng Văn Đồng Nghiệp',
    email: 'dong-nghiep@nha-dau-tu.test',
  });
  await givenActivity(t, person.leadId, {
    subject: `Gặp ${PERSON.fullName} và ${colleague.fullName}`,
    body: `Gửi cả ${colleague.email}`,
  });
  copy = await t.get(PersonalData).exportOf(person.contactId);
});
afterAll(() => t.close());

const rowsOf = (key: string) => copy.sections.find((section) => section.key === key)!.rows;

test('has everything that the person said and was told', () => {
  expect(rowsOf('person')[0]).toMatchObject({ fullName: PERSON.fullName, email: PERSON.email });
  expect(rowsOf('consents').map(({ action }) => action)).toEqual(['given', 'withdrawn']);
  for (const key of ['interests', 'participations', 'activities', 'mails', 'answers', 'requests'])
    expect([key, rowsOf(key).length > 0]).toEqual([key, true]);
});

test('has nothing of a colleague, and no link by which one could act in the person’s name', () => {
  const text = JSON.stringify(copy);
  expect(text).not.toContain('Đồng Nghiệp');
  expect(text).not.toContain('dong-nghiep@');
  expect(text).toContain(`Gặp ${PERSON.fullName} và […]`);
  expect(text).not.toMatch(/\/(r|u|p|copy)\/[\w-]{43}/);
});

test('is also a document for reading', async () => {
  const { content, mediaType } = await t.get(CopyLinks).fileOf(person.contactId, 'pdf');
  expect([mediaType, content.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
});

test('covers every table that belongs to a person', async () => {
  const tables = await t.db.query<{ name: string }>(`
    SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables k USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND c.column_name = 'contact_id' AND k.table_type = 'BASE TABLE'`);
  // the case holds who may look at it and since when, and nothing that was said
  const covered = [...t.get(PersonalData).tables, 'investor_case'];
  expect(tables.map(({ name }) => name).filter((name) => !covered.includes(name))).toEqual([]);
});
