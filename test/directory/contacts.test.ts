import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { In } from 'typeorm';
import { Consent, type ConsentAction } from '../../src/modules/directory/consent.entity.js';
import { ConsentQueries } from '../../src/modules/directory/consent.queries.js';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import type { ConsentLedger, ContactAnswer, ContactPage } from '../../src/modules/directory/contacts.dto.js';
import { ContactsQueries } from '../../src/modules/directory/contacts.queries.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { ConsentWithdrawn, ContactBounced } from '../../src/modules/directory/directory.events.js';
import { Events } from '../../src/platform/events/events.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

let t: TestApp;
let officer: HttpClient;
const news: object[] = [];

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  const events = t.get(Events);
  const publish = events.publish.bind(events);
  events.publish = async (event) => {
    news.push(event);
    await publish(event);
  };
});
afterAll(() => t.close());

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

describe('people', () => {
  it('are recorded under their firm, the first one primary', async () => {
    const firm = await givenFirm(t);
    const url = `/api/v1/firms/${firm.id}/contacts`;
    const first = await officer.post<ContactAnswer>(url, {
      fullName: 'Vương Lệ',
      email: 'Wang@X.example',
      phone: '0912 345 678',
      language: 'zh',
    });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      firm: {
        id: firm.id,
        name: firm.name,
      },
      email: 'wang@x.example',
      phone: '+84912345678',
      language: 'zh',
      isPrimary: true,
      emailState: 'ok',
      consent: 'none',
      version: 1,
    });
    const second = await officer.post<ContactAnswer>('/api/v1/contacts', {
      firmId: firm.id,
      fullName: 'An',
      isPrimary: true,
    });
    expect(second.body).toMatchObject({ isPrimary: true, language: 'vi', email: null });
    const { body: list } = await officer.get<ContactPage>(url);
    expect(list.items.map(({ fullName, isPrimary }) => [fullName, isPrimary])).toEqual([
      ['An', true],
      ['Vương Lệ', false],
    ]);
    expect((await officer.post<Problem>(url, { fullName: 'Khác', email: 'wang@x.example' })).body.code).toBe(
      'contact_exists',
    );
  });

  it.each([
    ['a language that is not offered', { language: 'fr' }, 'language', 'not_one_of'],
    ['a short number', { phone: '113' }, 'phone', 'invalid_phone'],
    ['two addresses in one', { email: 'a@b.vn, c@d.vn' }, 'email', 'invalid_email'],
    ['a header in the name', { fullName: 'A\nBcc: x' }, 'fullName', 'invalid_format'],
    ['a field of ours', { emailState: 'ok' }, 'emailState', 'unknown_field'],
    ['a firm id that is none', { firmId: 'me' }, 'firmId', 'invalid_id'],
  ])('refuses %s', async (_what, changes, path, code) => {
    const firm = await givenFirm(t);
    const answer = await officer.post<Problem>('/api/v1/contacts', {
      firmId: firm.id,
      fullName: 'An',
      ...changes,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('are found without accents, by number and by address', async () => {
    const { id } = await givenContact(t, {
      fullName: 'Đặng Thị Tuyết',
      email: 'tuyet@dang.example',
      phone: '0977888999',
    });
    const find = async (query: string) =>
      (await officer.get<ContactPage>(`/api/v1/contacts?${query}`)).body.items.map((contact) => contact.id);
    for (const query of [
      'q=dang thi tuyet',
      'q=0977 888 999',
      'q=tuyet@dang',
      'email=Tuyet@dang.example',
      'phone=0977888999',
    ]) {
      expect(await find(query)).toEqual([id]);
    }
    expect(await find('q=tuyet&sort=-fullName')).toEqual([id]);
    expect(await find('q=khong co ai')).toEqual([]);
  });

  it('start afresh with a new address after a bounce', async () => {
    const { id } = await givenContact(t);
    news.length = 0;
    await t.asSystem(() => t.get(ContactsService).markBounced(id, t.clock.now()));
    await t.asSystem(() => t.get(ContactsService).markBounced(id, t.clock.now()));
    expect(news).toEqual([new ContactBounced(id)]);
    const { body } = await officer.get<ContactAnswer>(`/api/v1/contacts/${id}`);
    expect(body).toMatchObject({ emailState: 'bounced', bouncedAt: '2026-03-02T03:00:00.000Z', version: 2 });
    const title = await officer.patch<ContactAnswer>(
      `/api/v1/contacts/${id}`,
      { title: 'Giám đốc' },
      { 'if-match': '"2"' },
    );
    expect(title.body.emailState).toBe('bounced');
    const moved = await officer.patch<ContactAnswer>(
      `/api/v1/contacts/${id}`,
      { email: 'moi@x.example' },
      { 'if-match': '"3"' },
    );
    expect(moved.body).toMatchObject({ emailState: 'ok', bouncedAt: null, version: 4 });
    expect(
      (await officer.patch(`/api/v1/contacts/${id}`, { title: null }, { 'if-match': '"1"' })).status,
    ).toBe(412);
  });

  it('are imported many at once', async () => {
    const firm = await givenFirm(t);
    const service = t.get(ContactsService);
    const rows = [
      { firmId: firm.id, fullName: 'Một', email: 'mot@x.example', language: 'en' as const },
      { firmId: firm.id, fullName: 'Hai', phone: '0912345678' },
      { firmId: firm.id, fullName: 'Một lần nữa', email: 'MOT@x.example' },
    ];
    const answer = await t.asSystem(() => service.importMany(rows));
    expect(answer.map(({ created }) => created)).toEqual([true, true, false]);
    expect(answer[2]!.id).toBe(answer[0]!.id);
    expect((await t.get(ContactsQueries).primaryOf([firm.id])).get(firm.id)).toBe(answer[0]!.id);
    expect(await t.asSystem(() => service.findOrCreate(rows[0]!))).toEqual({
      id: answer[0]!.id,
      created: false,
    });
    const [recipient] = await t.get(ContactsQueries).recipients([answer[0]!.id]);
    expect(recipient).toEqual({
      id: answer[0]!.id,
      firmId: firm.id,
      firmName: firm.name,
      fullName: 'Một',
      title: null,
      email: 'mot@x.example',
      language: 'en',
      emailState: 'ok',
    });
  });
});

describe('consent', () => {
  const current = async (id: string) => (await t.get(ConsentQueries).current([id])).get(id);
  const recordAs = (contactId: string, action: ConsentAction) =>
    t.asSystem(() =>
      t.get(ConsentService).record({ contactId, purpose: 'promotion_mail', action, channel: 'answer_page' }),
    );

  it('is a ledger whose last line holds', async () => {
    const { id } = await givenContact(t);
    const url = `/api/v1/contacts/${id}/consents`;
    const given = { purpose: 'promotion_mail', action: 'given', channel: 'officer' };
    const unproven = await officer.post<Problem>(url, given);
    expect([unproven.status, unproven.body.errors![0]!.code]).toEqual([400, 'consent_evidence_required']);
    expect(
      (await officer.post<ConsentLedger>(url, { ...given, evidence: 'Phiếu ký 2/3/2026' })).body.current,
    ).toBe('given');
    news.length = 0;
    const { body } = await officer.post<ConsentLedger>(url, { ...given, action: 'withdrawn' });
    expect(body).toMatchObject({
      current: 'withdrawn',
      items: [
        { action: 'withdrawn', recordedBy: { id: officer.userId, name: 'officer' } },
        { action: 'given', evidence: 'Phiếu ký 2/3/2026' },
      ],
    });
    expect(news).toEqual([new ConsentWithdrawn(id)]);
    expect((await officer.get<ConsentLedger>(url)).body).toEqual(body);
    expect((await officer.get<ContactAnswer>(`/api/v1/contacts/${id}`)).body.consent).toBe('withdrawn');
  });

  it('cannot be rewritten, not even by SQL', async () => {
    await givenContact(t, { consent: 'given' });
    await expect(t.db.execute(`UPDATE consent SET action = 'withdrawn'`)).rejects.toThrow('only added');
    await expect(t.db.execute(`DELETE FROM consent`)).rejects.toThrow('only added');
  });

  it('withdrawn at one firm stops the same address at another', async () => {
    const first = await givenContact(t, { email: 'chung@x.example', consent: 'given' });
    const second = await givenContact(t, { email: 'chung@x.example', consent: 'given' });
    const silent = await givenContact(t, { email: 'chung@x.example' });
    news.length = 0;
    await t.asSystem(() =>
      t.get(ConsentService).record({
        contactId: first.id,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel: 'one_click',
      }),
    );
    expect([await current(first.id), await current(second.id), await current(silent.id)]).toEqual([
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ]);
    expect(new Set((news as ConsentWithdrawn[]).map(({ contactId }) => contactId))).toEqual(
      new Set([first.id, second.id, silent.id]),
    );
    await t.asSystem(() =>
      t
        .get(ConsentService)
        .record({ contactId: second.id, purpose: 'promotion_mail', action: 'given', channel: 'answer_page' }),
    );
    const late = await givenContact(t, { email: ' Chung@X.example ' });
    const all = [first, second, silent, late].map(({ id }) => current(id));
    expect(await Promise.all(all)).toEqual(['withdrawn', 'given', 'withdrawn', 'withdrawn']);
    expect(await t.db.repo(Consent).countBy({ contactId: In([silent.id, late.id]) })).toBe(0);
  });

  it('withdrawn stays with the mailbox when the contact moves on, and goes along with the contact', async () => {
    const [gone, staying, elsewhere] = [
      await givenContact(t, { email: 'cu@hop-thu.example', consent: 'given' }),
      await givenContact(t, { email: 'cu@hop-thu.example', consent: 'given' }),
      await givenContact(t, { email: 'moi@hop-thu.example', consent: 'given' }),
    ];
    await recordAs(gone.id, 'withdrawn');
    await t.asSystem(() =>
      t.get(ContactsService).change(gone.id, gone.version, { email: 'moi@hop-thu.example' }),
    );
    const late = await givenContact(t, { email: 'cu@hop-thu.example' });
    for (const { id } of [gone, staying, elsewhere, late]) expect(await current(id)).toBe('withdrawn');
    await recordAs(gone.id, 'given');
    expect(await current(gone.id)).toBe('given');
    expect(await current(staying.id)).toBe('withdrawn');
  });

  it('given for one address does not open another that was refused', async () => {
    const refused = await givenContact(t, { email: 'dong@hop-thu.example', consent: 'withdrawn' });
    const { id, version } = await givenContact(t, { email: 'rieng@hop-thu.example', consent: 'given' });
    await t.asSystem(() => t.get(ContactsService).change(id, version, { email: refused.email! }));
    expect(await current(id)).toBe('withdrawn');
    await recordAs(id, 'given');
    expect([await current(id), await current(refused.id)]).toEqual(['given', 'withdrawn']);
  });

  it.each([
    ['another purpose', { purpose: 'anything' }],
    ['another channel', { channel: 'telepathy' }],
    ['an unknown field', { recordedAt: '2020-01-01' }],
  ])('refuses %s', async (_what, changes) => {
    const { id } = await givenContact(t);
    const answer = await officer.post(`/api/v1/contacts/${id}/consents`, {
      purpose: 'promotion_mail',
      action: 'withdrawn',
      channel: 'officer',
      ...changes,
    });
    expect(answer.status).toBe(400);
  });

  it('of nobody is not found', async () => {
    const url = '/api/v1/contacts/01900000-0000-7000-8000-000000000000/consents';
    expect((await officer.get(url)).status).toBe(404);
    expect(
      (await officer.post(url, { purpose: 'promotion_mail', action: 'withdrawn', channel: 'officer' }))
        .status,
    ).toBe(404);
  });
});
