import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { FollowUpDesk } from '../../src/modules/follow-up/follow-up-desk.service.js';
import { desk, DESKTOP, listen, openBrowser, PHONE, type Look } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { keyboard, mouse, wordsIn, type Hands } from '../support/hands.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Row {
  id: string;
  [field: string]: unknown;
}

const ASKING = 'Công ty Cổ phần Hỏi Thăm';
const PASSWORD = 'mot-ngay-cua-lan';
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

interface Way extends Look {
  name: string;
  language: 'vi' | 'en';
  hands: (page: Page) => Hands;
}

const WAYS: Way[] = [
  { name: 'at the desk, in Vietnamese', language: 'vi', viewport: DESKTOP, hands: mouse },
  { name: 'on a phone, in English', language: 'en', viewport: PHONE, scheme: 'dark', hands: mouse },
  { name: 'by keyboard alone, in English', language: 'en', viewport: DESKTOP, hands: keyboard },
];

describe.each(WAYS)('an officer’s day $name', ({ name: _name, hands: handsOf, ...look }) => {
  const say = wordsIn(look.language);
  let t: TestApp;
  let url: string;
  let api: HttpClient;
  let context: BrowserContext;
  let page: Page;
  let hands: Hands;
  let complaints: string[];
  let cluster: Row;
  let firm: Row;
  let round: Row;
  let leadId: string;

  const created = async (path: string, body: object): Promise<Row> => {
    const answer = await api.post<Row>(`/api/v1${path}`, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await holds()) return;
      await pause(50);
    }
    const { text } = await api.get(`/api/v1/messages?roundId=${round.id}`);
    throw new Error(`it does not come to pass; the mails of the round: ${text.slice(0, 1000)}`);
  };
  const openEnquiries = async (): Promise<number> =>
    (await api.get<{ enquiries: { total: number } }>('/api/v1/today?ownerId=all')).body.enquiries.total;
  const stageName = async (kind: string, code: string): Promise<string> => {
    const { items } = (await api.get<{ items: { kind: string; stages: Row[] }[] }>('/api/v1/pipelines')).body;
    const stage = items.find((pipeline) => pipeline.kind === kind)!.stages.find((one) => one.code === code)!;
    return String(look.language === 'vi' ? stage.nameVi : stage.nameEn);
  };
  /** The mails in the local mailbox to the investor of the round. */
  const letters = async (): Promise<{ text: string }[]> => {
    const box = (await (await fetch(`${url}/mailbox/messages.json`)).json()) as {
      items: { id: string; to: string }[];
    };
    const found = box.items.filter(({ to }) => to.includes('son@da-do.test'));
    return Promise.all(
      found.map(
        async ({ id }) => (await fetch(`${url}/mailbox/${id}.json`)).json() as Promise<{ text: string }>,
      ),
    );
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    t = await startApp({ worker: true, env: { PORT: String(port), APP_URL: url } });
    await listen(t, port);
    const admin = await t.http.as('admin');
    const account = { email: 'lan@sample.test', name: 'Nông Thị Lan', role: 'officer', password: PASSWORD };
    const made = await admin.post<Row>('/api/v1/users', { ...account, language: look.language });
    expect(made.status).toBe(201);
    api = await t.http.as('manager');
    const clusters = await api.get<{ items: Row[] }>(
      '/api/v1/clusters?status=calling_for_investor&sort=name',
    );
    cluster = clusters.body.items[0]!;
    firm = await created('/firms', { name: 'Công ty Đá Đỏ Hữu Lũng', country: 'VN' });
    const contact = await created(`/firms/${firm.id}/contacts`, {
      fullName: 'Trần Văn Sơn',
      email: 'son@da-do.test',
      language: 'vi',
    });
    await created(`/contacts/${contact.id}/consents`, {
      purpose: 'promotion_mail',
      action: 'given',
      channel: 'officer',
      evidence: 'Phiếu đăng ký ngày 27/02/2026',
    });
    round = await created('/rounds', {
      code: 'XT-2026-03',
      name: 'Xúc tiến tháng Ba',
      startsOn: '2026-03-01',
      endsOn: '2026-03-06',
      ownerId: made.body.id,
      clusterIds: [cluster.id],
    });
    await created(`/rounds/${round.id}/participations`, {
      firmId: firm.id,
      contactId: contact.id,
      status: 'attended',
      leadKind: 'infrastructure',
      clusterIds: [cluster.id],
      ownerId: made.body.id,
    });
    const enquiry = await t.http.anonymous.post('/api/public/v1/enquiries', {
      firm: { name: ASKING, country: 'VN' },
      contact: { fullName: 'Lê Thị Hỏi', email: 'hoi@hoitham.test', phone: '0912 345 678', language: 'vi' },
      kind: 'secondary',
      clusterCodes: [cluster.code],
      message: 'Xin cho biết giá thuê đất.',
    });
    expect(enquiry.status).toBe(201);
    ({ context, page, complaints } = await desk(browser, look));
    hands = handsOf(page);
  }, 120_000);

  afterAll(async () => {
    await context?.close();
    await t?.close();
  }, 30_000);

  test('begins with signing in', async () => {
    await page.goto(`${url}/app/`);
    await hands.write(page.getByLabel(say('identity', 'email')), 'lan@sample.test');
    await hands.write(page.getByLabel(say('identity', 'password'), { exact: true }), PASSWORD);
    await hands.press(page.getByRole('button', { name: say('identity', 'signIn') }));
    await page.getByRole('heading', { level: 1, name: say('common', 'nav.today') }).waitFor();
  });

  test('an enquiry is answered, and leaves the list', async () => {
    const row = page.locator('[data-act-row^=enquiry-]', { hasText: ASKING });
    await hands.press(row.getByRole('button', { name: say('today', 'contact') }));
    const dialog = page.getByRole('dialog');
    await hands.write(dialog.getByLabel(say('lead', 'log.subjects.call')), 'Đã báo giá thuê đất');
    await hands.press(dialog.getByRole('button', { name: say('lead', 'log.save'), exact: true }));
    await row.waitFor({ state: 'detached' });
    expect(await openEnquiries()).toBe(0);
  });

  test('a lead is logged', async () => {
    await page.goto(`${url}/app/pipeline?kind=secondary`);
    await hands.press(page.getByRole('button', { name: say('pipeline', 'add') }).first());
    const dialog = page.getByRole('dialog');
    await hands.pick(dialog.getByRole('combobox', { name: say('new-lead', 'firm') }), 'Công ty Đá Đỏ');
    await hands.write(dialog.getByLabel(say('new-lead', 'summary')), 'Tìm 3 ha để mở xưởng đá');
    await hands.press(dialog.getByRole('button', { name: say('new-lead', 'submit'), exact: true }));
    await page.waitForURL(/\/app\/leads\//);
    leadId = page.url().split('/').at(-1)!;
    await page.getByRole('heading', { level: 1, name: String(firm.name) }).waitFor();
  });

  test('and moved on from the board', async () => {
    await page.goto(`${url}/app/pipeline?kind=secondary`);
    const move = say('pipeline', 'moveOf', { firm: String(firm.name) });
    await hands.press(page.getByRole('button', { name: move, exact: true }));
    await hands.press(page.getByRole('menuitem', { name: await stageName('secondary', 'qualified') }));
    await until(async () => (await api.get<Row>(`/api/v1/leads/${leadId}`)).body.stage === 'qualified');
  });

  test('the round is closed after its preview', async () => {
    await page.goto(`${url}/app/rounds/${round.id}/close`);
    const next = page.getByRole('button', { name: say('common', 'next'), exact: true });
    await page.getByText(String(firm.name)).first().waitFor();
    await hands.write(page.getByLabel(say('close-round', 'outcome')), 'Một doanh nghiệp quan tâm');
    await hands.press(next);
    await page.getByText(say('close-round', 'whenText')).waitFor();
    expect((await api.get<Row>(`/api/v1/rounds/${round.id}`)).body.status).not.toBe('closed');
    await hands.press(next);
    await hands.press(page.getByRole('button', { name: say('close-round', 'confirm') }));
    await page.waitForURL(new RegExp(`/app/rounds/${round.id}(\\?|$)`));
    expect((await api.get<Row>(`/api/v1/rounds/${round.id}`)).body).toMatchObject({
      status: 'closed',
      outcome: 'Một doanh nghiệp quan tâm',
    });
  });

  test('two working days later the investor has a letter, answers it, and the open page shows it', async () => {
    t.clock.set(new Date('2026-03-04T03:00:30Z'));
    await t.asSystem(() => t.get(FollowUpDesk).workOff());
    await until(async () => (await letters()).length > 0);
    const [letter] = await letters();
    const { body: sequences } = await api.get<{ items: Row[] }>(`/api/v1/rounds/${round.id}/participations`);
    const followed = String((sequences.items[0]!.lead as Row).id);
    await page.goto(`${url}/app/leads/${followed}`);
    await page.getByRole('heading', { level: 1, name: String(firm.name) }).waitFor();

    const investor = await desk(browser, look);
    await investor.page.goto(/http:\S+\/r\/[\w-]{43}/.exec(letter!.text)![0]);
    await investor.page.locator('button[value=interested]').click();
    await investor.page.getByRole('heading', { level: 1 }).waitFor();
    await investor.context.close();

    const answer = say('common', 'answer.interested');
    await page.getByText(new RegExp(answer, 'i')).first().waitFor();
    const { body: lead } = await api.get<Row>(`/api/v1/leads/${followed}`);
    expect(lead.lastAnswer).toBe('interested');
    expect(complaints).toEqual([]);
  });
});
