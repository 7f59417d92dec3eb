import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LeadAnswer, LeadPage } from '../../src/modules/leads/leads.dto.js';
import { bareCluster, bareContact, bareFirm } from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

let t: TestApp;
let an: HttpClient;
let binh: HttpClient;
let manager: HttpClient;
let firmId: string;
let clusterId: string;

beforeAll(async () => {
  t = await startApp();
  [an, binh, manager] = [
    await t.http.as('officer', 'An'),
    await t.http.as('officer', 'Binh'),
    await t.http.as('manager'),
  ];
  firmId = await bareFirm(t, 'Công ty Cổ phần Đá vôi Hà Nam');
  clusterId = await bareCluster(t);
});
afterAll(() => t.close());

const create = async (client: HttpClient, body: object = {}) =>
  (await client.post<LeadAnswer>('/api/v1/leads', { firmId, kind: 'secondary', ...body })).body;

describe('opening a lead', () => {
  it('keeps what was given, with a reference, and the officer as its owner', async () => {
    const partner = await bareFirm(t);
    const contact = await bareContact(t, firmId);
    const answer = await an.post<LeadAnswer>('/api/v1/leads', {
      firmId,
      kind: 'infrastructure',
      primaryContactId: contact,
      clusterIds: [clusterId],
      partnerFirmIds: [partner],
      helperIds: [binh.userId],
      summary: ' Muốn làm chủ đầu tư hạ tầng ',
      sector: 'Hạ tầng',
      areaHa: 74.9,
      capital: {
        committed: { amount: '457600000000', currency: 'VND' },
        registered: { amount: '18000000.5', currency: 'USD' },
      },
      jobsPromised: 1200,
      nextAction: 'Gửi tài liệu',
      nextActionAt: '2026-03-04T02:00:00Z',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.etag).toBe('"1"');
    expect(answer.body).toMatchObject({
      reference: expect.stringMatching(/^CH-2026-\d{6}$/) as unknown as string,
      stage: 'enquiry',
      kind: 'infrastructure',
      source: 'officer',
      firm: { id: firmId, name: 'Công ty Cổ phần Đá vôi Hà Nam' },
      owner: { id: an.userId, name: 'An' },
      primaryContact: { id: contact },
      clusters: [{ id: clusterId }],
      partners: [{ id: partner }],
      helpers: [{ id: binh.userId, name: 'Binh' }],
      summary: 'Muốn làm chủ đầu tư hạ tầng',
      areaHa: 74.9,
      capital: {
        committed: { amount: '457600000000', currency: 'VND' },
        registered: { amount: '18000000.50', currency: 'USD' },
        disbursed: null,
      },
      jobsPromised: 1200,
      nextActionAt: '2026-03-04T02:00:00.000Z',
      service: null,
      stale: false,
    });
  });

  it('has no owner when a manager names none', async () => {
    expect((await create(manager)).owner).toBeNull();
    expect((await create(manager, { ownerId: an.userId })).owner).toMatchObject({ id: an.userId });
  });

  it.each([
    ['nothing', {}, 'firmId'],
    ['an unknown kind', { kind: 'other' }, 'kind'],
    ['a negative area', { areaHa: -1 }, 'areaHa'],
    ['three decimals of a hectare', { areaHa: 1.234 }, 'areaHa'],
    [
      'a sum as a number',
      { capital: { committed: { amount: 5, currency: 'VND' } } },
      'capital.committed.amount',
    ],
    ['capital that is null', { capital: null }, 'capital'],
    [
      'a currency nobody has',
      { capital: { disbursed: { amount: '5', currency: 'XXX' } } },
      'capital.disbursed.currency',
    ],
    ['a year 9999', { openedOn: '9999-01-01' }, 'openedOn'],
    ['a day to come', { openedOn: '2026-03-03' }, 'openedOn'],
    ['a made-up source', { source: 'round' }, 'source'],
    ['an unknown field', { stage: 'approved' }, 'stage'],
    ['a firm that is not there', { firmId: '01890000-0000-7000-8000-000000000000' }, 'firmId'],
    ['a cluster that is not there', { clusterIds: ['01890000-0000-7000-8000-000000000000'] }, 'clusterIds'],
    [
      'the same cluster twice',
      { clusterIds: ['01890000-0000-7000-8000-000000000000', '01890000-0000-7000-8000-000000000000'] },
      'clusterIds',
    ],
    ['an owner who is not there', { ownerId: '01890000-0000-7000-8000-000000000000' }, 'ownerId'],
    ['a summary too long', { summary: 'x'.repeat(5001) }, 'summary'],
    ['a header injection', { nextAction: 'a\r\nBcc: b' }, 'nextAction'],
  ])('refuses %s', async (name, body, path) => {
    const given = name === 'nothing' ? {} : { firmId, kind: 'secondary', ...body };
    const answer = await an.post<Problem>('/api/v1/leads', given);
    expect(answer.status).toBe(400);
    expect(answer.body.errors!.map((fault) => fault.path)).toContain(path);
  });

  it("refuses a stranger's contact", async () => {
    const contact = await bareContact(t, await bareFirm(t));
    const answer = await an.post<Problem>('/api/v1/leads', {
      firmId,
      kind: 'secondary',
      primaryContactId: contact,
    });
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ path: 'primaryContactId', code: 'unknown_contact' }),
    ]);
  });

  it('answers the same to the same Idempotency-Key', async () => {
    const send = () =>
      an.post<LeadAnswer>('/api/v1/leads', { firmId, kind: 'secondary' }, { 'idempotency-key': 'once' });
    expect((await send()).body.id).toBe((await send()).body.id);
  });

  it('runs the clocks of an enquiry over working days', async () => {
    const lead = await create(an, { source: 'enquiry', openedOn: '2026-02-26' });
    expect(lead.service).toMatchObject({
      acknowledge: { state: 'overdue', doneAt: null },
      answer: { state: 'waiting' },
    });
    expect(lead.missing).toEqual(['next_action']);
  });
});

describe('changing a lead', () => {
  it('changes what is named, empties what is null, and leaves the rest', async () => {
    const lead = await create(an, {
      summary: 'Cũ',
      areaHa: 5,
      capital: { committed: { amount: '5', currency: 'USD' } },
      clusterIds: [clusterId],
    });
    const other = await bareCluster(t);
    const answer = await an.patch<LeadAnswer>(
      `/api/v1/leads/${lead.id}`,
      {
        summary: null,
        jobsDelivered: 40,
        capital: { disbursed: { amount: '2.5', currency: 'USD' } },
        clusterIds: [other, clusterId],
      },
      { 'if-match': '"1"' },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.body).toMatchObject({ summary: null, areaHa: 5, jobsDelivered: 40, version: 2 });
    expect(answer.body.capital).toEqual({
      committed: { amount: '5', currency: 'USD' },
      registered: null,
      disbursed: { amount: '2.50', currency: 'USD' },
    });
    expect(answer.body.clusters.map(({ id }) => id)).toEqual([other, clusterId]);
  });

  it('refuses a stale version and changes nothing', async () => {
    const lead = await create(an);
    const answer = await an.patch<Problem>(
      `/api/v1/leads/${lead.id}`,
      { summary: 'Mới' },
      { 'if-match': '"7"' },
    );
    expect([answer.status, answer.body.code]).toEqual([412, 'stale_version']);
    expect((await an.patch<Problem>(`/api/v1/leads/${lead.id}`, { summary: 'Mới' })).status).toBe(428);
    expect((await an.get<LeadAnswer>(`/api/v1/leads/${lead.id}`)).body).toMatchObject({
      summary: null,
      version: 1,
    });
  });

  it('is for its owner, helpers and managers; everyone reads it', async () => {
    const lead = await create(an);
    const edit = (client: HttpClient, version: number) =>
      client.patch<Problem>(`/api/v1/leads/${lead.id}`, { sector: 'Gỗ' }, { 'if-match': `"${version}"` });
    expect((await binh.get(`/api/v1/leads/${lead.id}`)).status).toBe(200);
    expect(await edit(binh, 1)).toMatchObject({ status: 403, body: { code: 'not_your_lead' } });
    expect(
      (await manager.patch(`/api/v1/leads/${lead.id}`, { helperIds: [binh.userId] }, { 'if-match': '"1"' }))
        .status,
    ).toBe(200);
    expect((await edit(binh, 2)).status).toBe(200);
    expect((await t.http.anonymous.get(`/api/v1/leads/${lead.id}`)).status).toBe(401);
  });

  it('answers 404 for a lead that is not there, and 400 for no id', async () => {
    expect((await an.get<Problem>('/api/v1/leads/01890000-0000-7000-8000-000000000000')).body).toMatchObject({
      code: 'lead_not_found',
    });
    expect((await an.get<Problem>("/api/v1/leads/1' OR '1'='1")).status).toBe(400);
  });
});

describe('handing over', () => {
  it('is done by the owner or a manager, and told in the story', async () => {
    const lead = await create(an, { helperIds: [binh.userId] });
    const assign = (client: HttpClient, ownerId: string | null) =>
      client.post<LeadAnswer>(`/api/v1/leads/${lead.id}/assign`, { ownerId, note: 'Nghỉ phép' });
    expect((await assign(binh, binh.userId)).status).toBe(403);
    const answer = await assign(an, binh.userId);
    expect(answer.body).toMatchObject({ owner: { name: 'Binh' }, helpers: [] });
    expect((await assign(an, an.userId)).status).toBe(403);
    expect((await assign(manager, an.userId)).status).toBe(200);
    expect((await assign(manager, '01890000-0000-7000-8000-000000000000')).status).toBe(400);
    const timeline = await an.get<{ items: { kind: string; text: string }[] }>(
      `/api/v1/leads/${lead.id}/timeline`,
      { 'accept-language': 'en' },
    );
    expect(timeline.body.items.map(({ text }) => text)).toEqual([
      'Assigned to An',
      'Assigned to Binh',
      'Lead opened (an officer) in Enquiry',
    ]);
  });
});

describe('activities', () => {
  it('are logged and booked, touch the lead, and set the next action', async () => {
    const lead = await create(an, { source: 'enquiry' });
    t.clock.advance(3_600_000);
    const body = {
      kind: 'call',
      subject: 'Gọi lần đầu',
      outcome: 'Muốn xem đất',
      nextAction: 'Hẹn khảo sát',
      nextActionAt: '2026-03-05T02:00:00Z',
    };
    const logged = await an.post(`/api/v1/leads/${lead.id}/activities`, body);
    expect(logged).toMatchObject({
      status: 201,
      body: { booked: false, by: { name: 'An' }, outcome: 'Muốn xem đất' },
    });
    const booked = await an.post(`/api/v1/leads/${lead.id}/activities`, {
      kind: 'visit',
      subject: 'Đi CCN',
      happenedAt: '2026-03-10T02:00:00Z',
    });
    expect(booked.body).toMatchObject({ booked: true });
    const after = (await an.get<LeadAnswer>(`/api/v1/leads/${lead.id}`)).body;
    expect(after).toMatchObject({ nextAction: 'Hẹn khảo sát', lastActivityAt: t.clock.now().toISOString() });
    expect(after.service).toMatchObject({
      acknowledge: { state: 'in_time' },
      answer: { state: 'in_time', doneAt: t.clock.now().toISOString() },
    });
    const list = await an.get<{ items: { kind: string }[]; total: number }>(
      `/api/v1/leads/${lead.id}/activities`,
    );
    expect(list.body).toMatchObject({ total: 2, items: [{ kind: 'visit' }, { kind: 'call' }] });
    expect((await binh.post(`/api/v1/leads/${lead.id}/activities`, body)).status).toBe(403);
    expect((await an.post(`/api/v1/leads/${lead.id}/activities`, { kind: 'call' })).status).toBe(400);
  });

  it('a note stops no clock', async () => {
    const lead = await create(an, { source: 'enquiry' });
    await an.post(`/api/v1/leads/${lead.id}/activities`, { kind: 'note', subject: 'Ghi nhớ' });
    expect((await an.get<LeadAnswer>(`/api/v1/leads/${lead.id}`)).body.service).toMatchObject({
      answer: { doneAt: null },
    });
  });
});

describe('the list', () => {
  const references = (page: { body: LeadPage }) => page.body.items.map(({ reference }) => reference);

  it('filters by each field alone and all together', async () => {
    const target = await bareFirm(t, 'Tập đoàn Hữu Nghị Đồng Đăng');
    const lead = await create(binh, { firmId: target, clusterIds: [clusterId], source: 'enquiry' });
    const cluster = await t.db.query<{ planning_district_id: string }>(
      `SELECT planning_district_id FROM cluster WHERE id = $1`,
      [clusterId],
    );
    const filters: Record<string, string> = {
      stage: 'enquiry,qualified',
      kind: 'secondary',
      ownerId: 'me',
      clusterId,
      planningDistrictId: cluster[0]!.planning_district_id,
      firmId: target,
      source: 'enquiry',
      createdFrom: '2026-03-02',
      createdTo: '2026-03-02',
      unanswered: 'true',
      stale: 'false',
      q: 'huu nghi dong',
    };
    for (const [name, value] of Object.entries(filters)) {
      const found = await binh.get<LeadPage>(
        `/api/v1/leads?limit=200&${new URLSearchParams({ [name]: value }).toString()}`,
      );
      expect([name, references(found).includes(lead.reference)]).toEqual([name, true]);
    }
    const all = await binh.get<LeadPage>(`/api/v1/leads?${new URLSearchParams(filters).toString()}`);
    expect(all.body).toMatchObject({
      total: 1,
      items: [{ id: lead.id, unanswered: true, clusters: [{ id: clusterId }], owner: { name: 'Binh' } }],
    });
    for (const other of [
      'stage=lost',
      'kind=infrastructure',
      `ownerId=${an.userId}`,
      'ownerId=none',
      'source=round',
      'createdTo=2026-03-01',
      'createdFrom=2026-03-03',
      'unanswered=false',
      'stale=true',
      'q=khongco',
      'roundId=01890000-0000-7000-8000-000000000000',
    ]) {
      expect([
        other,
        references(await binh.get<LeadPage>(`/api/v1/leads?limit=200&${other}`)).includes(lead.reference),
      ]).toEqual([other, false]);
    }
    expect(references(await an.get<LeadPage>(`/api/v1/leads?q=${lead.reference.toLowerCase()}`))).toEqual([
      lead.reference,
    ]);
    expect(
      references(await an.get<LeadPage>(`/api/v1/clusters/${clusterId}/leads?firmId=${target}`)),
    ).toEqual([lead.reference]);
  });

  it.each([
    'lastActivityAt',
    '-createdAt',
    'stageSince',
    'nextActionAt',
    '-nextActionAt',
    'name',
    '-reference',
  ])('pages by %s without a gap or a repetition', async (sort) => {
    const whole = references(await an.get<LeadPage>(`/api/v1/leads?limit=200&sort=${sort}`));
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: LeadPage } = await an.get<LeadPage>(
        `/api/v1/leads?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...references(page));
      expect(page.body.total).toBe(whole.length);
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(whole.length);
  });

  it.each([
    'sort=salary',
    'limit=0',
    'cursor=abc.def',
    'ownerId=someone',
    'stale=maybe',
    'clusterId=1',
    'createdFrom=0001-01-01',
    'colour=red',
    'kind=both',
  ])('refuses %s', async (query) => {
    expect((await an.get(`/api/v1/leads?${query}`)).status).toBe(400);
  });

  it('finds what went quiet for longer than its stage allows', async () => {
    const quiet = await create(an, { openedOn: '2026-02-20' });
    const stale = references(await an.get<LeadPage>('/api/v1/leads?stale=true&limit=200'));
    expect(stale).toContain(quiet.reference);
    expect((await an.get<LeadAnswer>(`/api/v1/leads/${quiet.id}`)).body).toMatchObject({
      stale: true,
      missing: ['next_action'],
    });
  });
});
