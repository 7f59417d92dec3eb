import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageDetail, MessagePage } from '../../src/modules/messaging/messages.dto.js';
import type {
  LetterAnswer,
  TemplateAnswer,
  TemplatePage,
} from '../../src/modules/messaging/templates/templates.dto.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string; message: string }[];
}

let t: TestApp;
let admin: HttpClient;
let officer: HttpClient;

beforeAll(async () => {
  t = await startApp();
  [admin, officer] = [await t.http.as('admin'), await t.http.as('officer')];
});
afterAll(() => t.close());

let counter = 0;
const template = (overrides: object = {}) => ({
  code: `thu-${++counter}`,
  purpose: 'promotion',
  audience: 'investor',
  nameVi: 'Thư thử',
  nameEn: 'Trial',
  texts: [
    { language: 'vi', subject: 'Gửi {{ firm.name }}', body: 'Kính gửi {{ contact.fullName }},\n\nXin chào.' },
  ],
  ...overrides,
});

describe('templates over HTTP', () => {
  it('lists the letters that the product brings', async () => {
    const { body } = await officer.get<TemplatePage>('/api/v1/templates?audience=investor&limit=100');
    expect(body.items.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'round-thank-you',
        'round-cluster-sheet',
        'round-last-check',
        'event-invitation',
        'enquiry-acknowledgement',
      ]),
    );
    expect(body.items.find(({ code }) => code === 'round-thank-you')!.languages).toEqual(['vi', 'en', 'zh']);
    expect((await officer.get<TemplatePage>('/api/v1/templates?q=cam on')).body.total).toBe(1);
  });

  it('are made, changed and read; the version says which one was seen', async () => {
    const made = await admin.post<TemplateAnswer>('/api/v1/templates', template());
    expect(made.status).toBe(201);
    const { id } = made.body;
    const url = `/api/v1/templates/${id}`;
    expect((await admin.patch<Problem>(url, { nameVi: 'x' })).status).toBe(428);
    const changed = await admin.patch<TemplateAnswer>(
      url,
      { nameVi: 'Tên mới', texts: [{ language: 'en', subject: 'To {{ firm.name }}', body: 'Hello' }] },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ nameVi: 'Tên mới', version: 2 });
    expect(changed.body.texts.map(({ language }) => language)).toEqual(['vi', 'en']);
    expect(
      (await admin.put<Problem>(`${url}/texts/zh`, { subject: 'a', body: 'b' }, { 'if-match': '"1"' })).body
        .code,
    ).toBe('stale_version');
    const put = await admin.put<TemplateAnswer>(
      `${url}/texts/zh`,
      { subject: '致{{ firm.name }}', body: '您好' },
      { 'if-match': '"2"' },
    );
    expect(put.body.texts).toHaveLength(3);
    expect(put.headers.etag).toBe('"3"');
    expect(
      (await admin.delete<TemplateAnswer>(`${url}/texts/zh`, { 'if-match': '"3"' })).body.texts,
    ).toHaveLength(2);
    expect((await officer.get<TemplateAnswer>(url)).body.variables).toContain('contact.fullName');
    const audit = await t.db.query(
      `SELECT action FROM audit_entry WHERE table_name = 'template' AND row_id = $1 ORDER BY id`,
      [id],
    );
    expect(audit).toEqual([{ action: 'insert' }, { action: 'update' }]);
  });

  it('belong to the administrator', async () => {
    expect((await officer.post('/api/v1/templates', template())).status).toBe(403);
    expect((await t.http.anonymous.get('/api/v1/templates')).status).toBe(401);
  });

  it.each(
    (
      [
        [
          { texts: [{ language: 'vi', subject: 'x', body: '{{ firm.nam }}' }] },
          'texts.0.body',
          'unknown_variable',
        ],
        [
          { texts: [{ language: 'vi', subject: '{{ x }}', body: 'y' }] },
          'texts.0.subject',
          'unknown_variable',
        ],
        [{ texts: [{ language: 'vi', subject: 'x', body: '{% if %}' }] }, 'texts.0.body', 'template_syntax'],
        [
          { texts: [{ language: 'vi', subject: 'x', body: '[a](javascript:b)' }] },
          'texts.0.body',
          'unsafe_link',
        ],
        [
          { texts: [{ language: 'vi', subject: 'x\r\nBcc: a@b.vn', body: 'y' }] },
          'texts.0.subject',
          'invalid_format',
        ],
        [{ texts: [{ language: 'fr', subject: 'x', body: 'y' }] }, 'texts.0.language', 'not_one_of'],
        [{ texts: [{ language: 'vi', subject: 'x', body: 'y'.repeat(20_001) }] }, 'texts.0.body', 'too_long'],
        [
          { texts: [{ language: 'vi', subject: 'x', body: 'y', html: 'z' }] },
          'texts.0.html',
          'unknown_field',
        ],
        [{ texts: [] }, 'texts', 'too_few'],
        [{ texts: [null] }, 'texts.0', 'must_be_object'],
        [{ texts: 'x' }, 'texts', 'must_be_list'],
        [{ code: 'Có Dấu' }, 'code', 'invalid_format'],
        [{ code: 7 }, 'code', 'must_be_text'],
        [{ purpose: 'spam' }, 'purpose', 'not_one_of'],
        [{ nameVi: undefined }, 'nameVi', 'required'],
        [{ nameVi: '   ' }, 'nameVi', 'invalid_format'],
        [{ extra: 1 }, 'extra', 'unknown_field'],
      ] as const
    ).map(([overrides, path, code]) => ({
      overrides: overrides as object,
      path: path as string,
      code: code as string,
    })),
  )('refuses $path as $code', async ({ overrides, path, code }) => {
    const { status, body } = await admin.post<Problem>('/api/v1/templates', template(overrides));
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.errors?.map((fault) => fault.path)).toContain(path);
    expect(body.errors?.find((fault) => fault.path === path)?.code).toBe(code);
    expect(body.errors?.every(({ message }) => message.length > 3)).toBe(true);
  });

  it('refuse a code that is taken, twice one language, the last text, an unknown language', async () => {
    expect(
      (await admin.post<Problem>('/api/v1/templates', template({ code: 'round-thank-you' }))).body.code,
    ).toBe('template_code_taken');
    const text = { language: 'vi', subject: 'a', body: 'b' };
    expect(
      (await admin.post<Problem>('/api/v1/templates', template({ texts: [text, text] }))).body.errors?.[0],
    ).toMatchObject({ path: 'texts', code: 'repeated' });
    const { body } = await admin.post<TemplateAnswer>('/api/v1/templates', template());
    expect(
      (await admin.delete<Problem>(`/api/v1/templates/${body.id}/texts/vi`, { 'if-match': '"1"' })).body
        .errors?.[0]?.code,
    ).toBe('template_without_text');
    expect(
      (
        await admin.put<Problem>(
          `/api/v1/templates/${body.id}/texts/fr`,
          { subject: 'a', body: 'b' },
          { 'if-match': '"1"' },
        )
      ).status,
    ).toBe(400);
    expect((await admin.get('/api/v1/templates/nonsense')).status).toBe(400);
    expect((await admin.get(`/api/v1/templates/${crypto.randomUUID()}`)).status).toBe(404);
  });

  it('can be previewed, with values of one’s own and a text not yet saved', async () => {
    const { body: made } = await admin.post<TemplateAnswer>('/api/v1/templates', template());
    const url = `/api/v1/templates/${made.id}/preview`;
    const plain = await officer.post<LetterAnswer>(url, { language: 'vi' });
    expect(plain.status).toBe(200);
    expect(plain.body.subject).toBe('[QC] Gửi Công ty Cổ phần Mẫu');
    const own = await officer.post<LetterAnswer>(url, {
      language: 'vi',
      sample: { contact: { fullName: '<b>An</b>' } },
      subject: 'Mới {{ contact.fullName }}',
    });
    expect(own.body.subject).toBe('[QC] Mới <b>An</b>');
    expect(own.body.html).toContain('&lt;b&gt;An&lt;/b&gt;');
    expect(
      (await officer.post<Problem>(url, { language: 'vi', sample: { secret: 1 } })).body.errors?.[0],
    ).toMatchObject({ path: 'sample.secret', code: 'unknown_variable' });
    expect(
      (await officer.post<Problem>(url, { language: 'vi', sample: { firm: { owner: 'x' } } })).status,
    ).toBe(400);
    expect(
      (await officer.post<Problem>(url, { language: 'vi', sample: JSON.parse('{"__proto__":{"x":1}}') }))
        .status,
    ).toBeLessThan(500);
    expect(
      (await officer.post<Problem>(url, { language: 'vi', body: '{{ nothing }}' })).body.errors?.[0]?.code,
    ).toBe('unknown_variable');
    expect((await officer.post<Problem>(url, { language: 'zh' })).body.code).toBe(
      'template_language_missing',
    );
  });
});

describe('messages over HTTP', () => {
  it('are the officer’s proof: what, when, to whom, what came of it', async () => {
    const contact = await givenContact(t, { fullName: 'Trần Thị Bích', consent: 'given' });
    const lead = await givenLead(t, {
      firmId: contact.firmId,
      ownerId: officer.userId!,
      primaryContactId: contact.id,
    });
    const made = [];
    for (let index = 0; index < 3; index++)
      made.push(await givenMessage(t, { contactId: contact.id, leadId: lead.id }));
    const first = await officer.get<MessagePage>(`/api/v1/messages?leadId=${lead.id}&status=queued&limit=2`);
    expect(first.body).toMatchObject({ total: 3 });
    const second = await officer.get<MessagePage>(
      `/api/v1/messages?leadId=${lead.id}&status=queued&limit=2&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual(made.map(({ id }) => id).toReversed());
    expect(first.body.items[0]).toMatchObject({
      contact: { name: 'Trần Thị Bích' },
      lead: { reference: lead.reference },
      template: { code: 'round-thank-you' },
      answer: null,
    });
    const { body, headers } = await officer.get<MessageDetail>(`/api/v1/messages/${ids[0]}`);
    expect(body).toMatchObject({
      bodyText: expect.stringContaining('Trần Thị Bích'),
      messageIdHeader: expect.stringContaining(ids[0]!),
    });
    expect(headers.etag).toBe('"1"');
    expect((await officer.get<MessagePage>('/api/v1/messages?q=bich')).body.total).toBe(3);
  });

  it('keep the investor’s personal links from the staff, who could answer in that name', async () => {
    const message = await givenMessage(t);
    const tokens = (['answer', 'opt_out'] as const).map((purpose) =>
      answerToken(message.id, purpose, t.config.secretKey),
    );
    for (const token of tokens) {
      expect(message.bodyText).toContain(token);
      expect(message.bodyHtml).toContain(token);
    }
    const admins = await admin.get<MessageDetail>(`/api/v1/messages/${message.id}`);
    const { bodyText, bodyHtml } = admins.body;
    expect(tokens.filter((token) => admins.text.includes(token))).toEqual([]);
    for (const body of [bodyText, bodyHtml]) {
      expect(body).toContain(`${t.config.appUrl}/r/…`);
      expect(body).toContain(`${t.config.appUrl}/u/…`);
    }
    expect(await messageOf(t, message.id)).toMatchObject({
      bodyText: message.bodyText,
      bodyHtml: message.bodyHtml,
    });
  });

  it.each([
    'status=gone',
    'leadId=x',
    'limit=0',
    'limit=201',
    'cursor=abc',
    'sort=toAddress',
    'from=2026-13-01T00:00:00Z',
    'answered=maybe',
    'nothing=1',
  ])('refuses ?%s', async (query) => {
    expect((await officer.get(`/api/v1/messages?${query}`)).status).toBe(400);
  });

  it('that failed or are unknown wait for a person: try again, or say that it arrived', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const lead = await givenLead(t, {
      firmId: contact.firmId,
      ownerId: officer.userId!,
      primaryContactId: contact.id,
    });
    const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
    const url = `/api/v1/messages/${message.id}`;
    const put = (status: string) =>
      t.db.execute(
        `UPDATE message SET status = $2, attempts = 7, claimed_at = $3, first_tried_at = $3 WHERE id = $1`,
        [message.id, status, t.clock.now()],
      );
    expect((await officer.post<Problem>(`${url}/retry`, undefined, { 'if-match': '"1"' })).body.code).toBe(
      'message_transition',
    );
    await put('unknown');
    expect(
      (await (await t.http.as('officer', 'Stranger')).post(`${url}/retry`, undefined, { 'if-match': '"1"' }))
        .status,
    ).toBe(403);
    expect((await officer.post<Problem>(`${url}/retry`, undefined, { 'if-match': '"9"' })).status).toBe(412);
    const retried = await officer.post<MessageDetail>(`${url}/retry`, undefined, { 'if-match': '"1"' });
    expect(retried.body).toMatchObject({ status: 'queued', attempts: 0, errorCode: null });
    expect((await messageOf(t, message.id)).firstTriedAt).toBeNull();
    await put('unknown');
    const manager = await t.http.as('manager');
    const marked = await manager.post<MessageDetail>(`${url}/mark-sent`, undefined, { 'if-match': '"2"' });
    expect(marked.body).toMatchObject({ status: 'sent', sentAt: t.clock.now().toISOString() });
    expect(
      (await manager.post<Problem>(`${url}/mark-sent`, undefined, { 'if-match': '"3"' })).body.code,
    ).toBe('message_transition');
    const kinds = await t.db.query<{ kind: string }>(
      `SELECT kind FROM timeline_entry WHERE ref_id = $1 ORDER BY id`,
      [message.id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['mail_retried', 'mail_marked_sent']);
    const shown = await officer.get<{ items: { words?: string; text?: string }[] }>(
      `/api/v1/leads/${lead.id}/timeline`,
    );
    expect(JSON.stringify(shown.body)).toContain(message.subject);
  });
});
