import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FollowUpDesk } from '../../src/modules/follow-up/follow-up-desk.service.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

/** One officer's fortnight, spoken in the contract alone: what a client that has only read it would send. */
let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;

interface Row {
  id: string;
  version: number;
  [field: string]: unknown;
}
interface List {
  items: Row[];
  nextCursor: string | null;
  total: number;
}

beforeAll(async () => {
  t = await startApp({ worker: true });
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
});
afterAll(() => t.close());

const created = async (client: HttpClient, url: string, body: object): Promise<Row> => {
  const answer = await client.post<Row>(url, body);
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}: ${answer.text}`);
  return answer.body;
};

let firm: Row;
let contact: Row;
let lead: Row;
let round: Row;
let cluster: Row;

test('an administrator makes an account that can sign in at once', async () => {
  const admin = await t.http.as('admin');
  const account = {
    email: 'moi@sample.test',
    name: 'Cán bộ mới',
    role: 'officer',
    password: 'mat-khau-moi-2026',
  };
  await created(admin, '/api/v1/users', account);
  const signedIn = await t.http.anonymous.post('/api/auth/sign-in/email', {
    email: account.email,
    password: account.password,
  });
  expect(signedIn.status).toBe(200);
  expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/i);
});

test('a firm, its contact, their consent and a lead', async () => {
  [cluster] = (await officer.get<List>('/api/v1/clusters?status=calling_for_investor&sort=name')).body
    .items as [Row];
  firm = await created(officer, '/api/v1/firms', { name: 'Công ty Cổ phần Hạ tầng Đông Bắc', country: 'VN' });
  contact = await created(officer, `/api/v1/firms/${firm.id}/contacts`, {
    fullName: 'Trần Thị Bích',
    email: 'bich@dongbac.test',
    language: 'vi',
  });
  await created(officer, `/api/v1/contacts/${contact.id}/consents`, {
    purpose: 'promotion_mail',
    action: 'given',
    channel: 'officer',
    evidence: 'Phiếu đăng ký ngày 02/03/2026',
  });
  lead = await created(officer, '/api/v1/leads', {
    firmId: firm.id,
    kind: 'infrastructure',
    clusterIds: [cluster.id],
    primaryContactId: contact.id,
  });
  expect(lead).toMatchObject({ stage: 'enquiry', version: 1, owner: { id: officer.userId } });
});

describe('a creation sent twice', () => {
  const twice = (body: object) =>
    officer.post<Row>('/api/v1/firms', body, { 'idempotency-key': 'firm-twice' });

  test('gets the first answer again, and makes one', async () => {
    const answers = await Promise.all([
      twice({ name: 'Công ty Một Lần' }),
      twice({ name: 'Công ty Một Lần' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]!.body.id).toBe(answers[1]!.body.id);
    expect((await officer.get<List>('/api/v1/firms?q=mot%20lan')).body.total).toBe(1);
  });

  test('with another body is refused', async () => {
    const other = await twice({ name: 'Công ty Khác' });
    expect({ status: other.status, code: other.body.code }).toEqual({
      status: 409,
      code: 'idempotency_key_reused',
    });
  });
});

describe('a change', () => {
  test('needs the version last seen, and answers the next one', async () => {
    const url = `/api/v1/firms/${firm.id}`;
    const seen = (await officer.get(url)).headers.etag as string;
    expect((await officer.patch<Row>(url, { note: 'Không phiên bản' })).status).toBe(428);
    const changed = await officer.patch<Row>(url, { note: 'Đã gặp tại hội nghị' }, { 'if-match': seen });
    expect({ status: changed.status, note: changed.body.note }).toEqual({
      status: 200,
      note: 'Đã gặp tại hội nghị',
    });
    expect(changed.headers.etag).not.toBe(seen);
    const stale = await officer.patch<Row>(url, { note: 'Bản cũ' }, { 'if-match': seen });
    expect({ status: stale.status, code: stale.body.code }).toEqual({ status: 412, code: 'stale_version' });
    expect((await officer.get<Row>(url)).body.note).toBe('Đã gặp tại hội nghị');
  });
});

describe('a stage', () => {
  const move = (to: string, more: object = {}) =>
    officer.post<Row>(`/api/v1/leads/${lead.id}/stage`, {
      to,
      on: '2026-03-02',
      note: 'Theo biên bản',
      ...more,
    });

  test('follows the pipeline, with evidence where a gate asks for it', async () => {
    expect((await move('qualified')).body.stage).toBe('qualified');
    const unproven = await move('dossier_filed');
    expect({ status: unproven.status, code: unproven.body.code }).toEqual({
      status: 409,
      code: 'evidence_required',
    });
    expect((await move('nowhere')).status).toBeGreaterThanOrEqual(400);
    expect((await officer.get<Row>(`/api/v1/leads/${lead.id}`)).body.stage).toBe('qualified');
  });

  test('may be proven by the number of a decision alone', async () => {
    const proven = await created(officer, '/api/v1/leads', {
      firmId: (await created(officer, '/api/v1/firms', { name: 'Công ty Có Quyết Định' })).id,
      kind: 'infrastructure',
      clusterIds: [cluster.id],
    });
    const moved = await officer.post<Row>(`/api/v1/leads/${proven.id}/stage`, {
      to: 'dossier_filed',
      on: '2026-03-02',
      note: 'Đã nộp',
      evidence: '12/HS-2026',
    });
    expect({ status: moved.status, stage: moved.body.stage }).toEqual({
      status: 200,
      stage: 'dossier_filed',
    });
  });

  test('on a day that is none is refused', async () => {
    for (const on of ['0001-01-01', '9999-12-31', '2026-02-30', 'hôm nay']) {
      const answer = await officer.post<Row>(`/api/v1/leads/${lead.id}/stage`, {
        to: 'site_visit',
        on,
        note: '',
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe('a round', () => {
  interface Closed {
    round: Row;
    reminders: { created: number; kept: number; skipped: { leadId: string; reason: string }[] };
    preview: { leadId: string; stepId: string; channel: string; dueAt: string }[];
  }
  let planId: string;
  const close = (body: object) => officer.post<Closed>(`/api/v1/rounds/${round.id}/close`, body);

  test('has events and participations, and makes or joins a lead', async () => {
    planId = (await officer.get<List>('/api/v1/follow-up-plans')).body.items[0]!.id;
    round = await created(officer, '/api/v1/rounds', {
      code: 'XT-2026-1',
      name: 'Xúc tiến tháng Ba',
      startsOn: '2026-03-02',
      endsOn: '2026-03-06',
    });
    const event = await created(officer, `/api/v1/rounds/${round.id}/events`, {
      kind: 'conference',
      name: 'Hội nghị',
      startsAt: '2026-03-02T01:00:00Z',
      endsAt: '2026-03-02T04:00:00Z',
    });
    const joined = await officer.post<Row>(`/api/v1/rounds/${round.id}/participations`, {
      items: [
        {
          firmId: firm.id,
          contactId: contact.id,
          eventId: event.id,
          status: 'attended',
          leadKind: 'infrastructure',
          clusterIds: [cluster.id],
        },
      ],
    });
    expect(joined.status).toBe(201);
    expect((await officer.get<List>(`/api/v1/leads?firmId=${firm.id}`)).body.total).toBe(1);
  });

  test('shows what closing would do, and writes nothing', async () => {
    const { status, body } = await close({ outcome: 'Thử', followUpPlanId: planId, dryRun: true });
    expect(status).toBe(200);
    expect(body.preview.length).toBe(body.reminders.created);
    expect(body.preview[0]).toMatchObject({
      leadId: lead.id,
      channel: 'investor_email',
      dueAt: '2026-03-04T03:00:00.000Z',
    });
    expect((await officer.get<List>(`/api/v1/reminders?roundId=${round.id}`)).body.total).toBe(0);
  });

  test('is closed once, however often it is closed', async () => {
    const first = await close({ outcome: 'Thành công', followUpPlanId: planId });
    expect(first.body.round).toMatchObject({ status: 'closed' });
    const again = await close({ outcome: 'Thành công', followUpPlanId: planId });
    expect(again.body.reminders).toMatchObject({ created: 0, kept: first.body.reminders.created });
    expect((await officer.get<List>(`/api/v1/reminders?roundId=${round.id}`)).body.total).toBe(
      first.body.reminders.created,
    );
  });

  test('two working days later the thank-you lies in the mailbox', async () => {
    t.clock.set(new Date('2026-03-04T03:00:30Z'));

    await t.asSystem(() => t.get(FollowUpDesk).workOff());
    const sent = async (): Promise<Row | undefined> =>
      (await officer.get<List>(`/api/v1/messages?leadId=${lead.id}&status=sent`)).body.items[0];
    for (let tries = 0; tries < 200 && !(await sent()); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sent()).toMatchObject({ status: 'sent' });
    const box = await t.http.anonymous.get<{ items: { id: string; to: string }[] }>(
      '/mailbox/messages.json',
      { host: 'localhost:3000' },
    );
    const mail = box.body.items.find(({ to }) => to.includes('bich@dongbac.test'))!;
    const { body } = await t.http.anonymous.get<{ headers: Record<string, string>; text: string }>(
      `/mailbox/${mail.id}.json`,
      { host: 'localhost:3000' },
    );
    expect(body.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(body.text).toMatch(/http:\/\/localhost:3000\/r\/[\w-]{43}/);
  });

  test('a task is completed, snoozed, handed over and taken back', async () => {
    const task = await created(officer, '/api/v1/reminders', {
      leadId: lead.id,
      title: 'Gọi lại',
      dueAt: '2026-03-05T03:00:00Z',
    });
    expect(
      (await officer.post<Row>(`/api/v1/reminders/${task.id}/snooze`, { until: '2026-03-06T03:00:00Z' })).body
        .dueAt,
    ).toBe('2026-03-06T03:00:00.000Z');
    expect((await officer.post<Row>(`/api/v1/reminders/${task.id}/complete`, {})).body.status).toBe('done');
    expect((await officer.post<Row>(`/api/v1/reminders/${task.id}/reopen`)).status).toBe(200);
    expect(
      (await manager.post<Row>(`/api/v1/reminders/${task.id}/reassign`, { ownerId: manager.userId })).status,
    ).toBe(200);
    expect((await manager.post<Row>(`/api/v1/reminders/${task.id}/cancel`, {})).body.status).toBe(
      'cancelled',
    );
  });

  test('the lead tells the whole story', async () => {
    const kinds = (await officer.get<List>(`/api/v1/leads/${lead.id}/timeline?limit=200`)).body.items.map(
      ({ kind }) => kind,
    );
    for (const kind of ['stage_changed', 'round_joined', 'round_closed']) expect(kinds).toContain(kind);
    expect(kinds).toContain('mail_sent');
  });
});

test('every report answers, and the ready page names each part', async () => {
  for (const report of ['pipeline', 'ageing', 'follow-up', 'rounds', 'targets']) {
    expect((await manager.get(`/api/v1/reports/${report}`)).status).toBe(200);
    const csv = await manager.get(`/api/v1/reports/${report}?format=csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
  }
  const ready =
    await t.http.anonymous.get<Record<string, { ok: boolean; lagSeconds?: number }>>('/health/ready');
  expect(ready.body).toMatchObject({
    database: { ok: true },
    queue: { ok: true },
    mail: { ok: true },
    dispatch: { lagSeconds: expect.any(Number) },
  });
});

test('an officer sees a colleague’s lead and cannot change it', async () => {
  const other = await t.http.as('officer', 'another');
  expect((await other.get(`/api/v1/leads/${lead.id}`)).status).toBe(200);
  const refused = await other.post<Row>(`/api/v1/leads/${lead.id}/stage`, {
    to: 'site_visit',
    on: '2026-03-04',
    note: 'x',
  });
  expect(refused.status).toBe(403);
  expect((await other.get('/api/v1/users')).status).toBe(403);
});
