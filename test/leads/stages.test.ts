import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StageChangeAnswer } from '../../src/modules/leads/lead-records.dto.js';
import type { LeadAnswer } from '../../src/modules/leads/leads.dto.js';
import { LeadStageChanged } from '../../src/modules/leads/leads.events.js';
import { LeadsSeed } from '../../src/modules/leads/leads.seed.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import type { PipelineList, StageAnswer } from '../../src/modules/leads/pipelines/pipelines.dto.js';
import { Events } from '../../src/platform/events/events.js';
import { bareCluster, EVIDENCE, givenLead, leadOf } from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  detail: string;
}

let t: TestApp;
let an: HttpClient;
let admin: HttpClient;

beforeAll(async () => {
  t = await startApp();
  [an, admin] = [await t.http.as('officer', 'An'), await t.http.as('admin')];
});
afterAll(() => t.close());

const move = <B = LeadAnswer>(id: string, body: object, client = an) =>
  client.post<B>(`/api/v1/leads/${id}/stage`, body);
const owned = () => givenLead(t, { ownerId: an.userId, kind: 'infrastructure' });

describe('the way of a lead', () => {
  it('is walked gate by gate, with its history', async () => {
    const lead = await givenLead(t, {
      ownerId: an.userId,
      kind: 'infrastructure',
      openedOn: '2026-02-02',
      clusterIds: [await bareCluster(t)],
    });
    const steps = [
      { to: 'site_visit', on: '2026-02-10', note: 'Đã đi thực địa' },
      {
        to: 'dossier_filed',
        on: '2026-02-20',
        note: 'Nộp hồ sơ',
        evidence: { kind: 'dossier', number: '12/HS', date: '2026-02-20' },
      },
      { to: 'appraisal', on: '2026-03-02', note: 'Thẩm định', evidence: EVIDENCE },
    ];
    for (const step of steps) expect((await move(lead.id, step)).status).toBe(200);
    const now = (await an.get<LeadAnswer>(`/api/v1/leads/${lead.id}`)).body;
    expect(now).toMatchObject({
      stage: 'appraisal',
      stageSince: t.clock.now().toISOString(),
      lastActivityAt: t.clock.now().toISOString(),
    });
    const history = await an.get<{ items: StageChangeAnswer[] }>(`/api/v1/leads/${lead.id}/stage-history`);
    expect(history.body.items.map(({ from, to, on }) => [from, to, on])).toEqual([
      ['dossier_filed', 'appraisal', '2026-03-02'],
      ['site_visit', 'dossier_filed', '2026-02-20'],
      ['enquiry', 'site_visit', '2026-02-10'],
      [null, 'enquiry', '2026-02-02'],
    ]);
    expect(history.body.items[1]).toMatchObject({
      note: 'Nộp hồ sơ',
      by: { name: 'An' },
      evidence: { number: '12/HS', date: '2026-02-20' },
    });
    const timeline = await an.get<{ items: { text: string; at: string }[] }>(
      `/api/v1/leads/${lead.id}/timeline`,
    );
    expect(timeline.body.items[0]!.text).toBe('Chuyển từ Đã nộp hồ sơ sang Đang thẩm định');
    expect(timeline.body.items.at(-1)!.at).toBe('2026-02-01T17:00:00.000Z');
  });

  it.each([
    ['an unknown stage', { to: 'nowhere', note: 'x' }, 400, 'validation_failed'],
    ['a stage of the other pipeline', { to: 'memorandum', note: 'x' }, 400, 'validation_failed'],
    ['its own stage', { to: 'enquiry', note: 'x' }, 409, 'stage_not_reachable'],
    ['a later one without a cluster', { to: 'site_visit', note: 'x' }, 409, 'cluster_required'],
    ['a day to come', { to: 'qualified', on: '2026-03-03', note: 'x' }, 409, 'stage_date_in_future'],
    [
      'a day before it was opened',
      { to: 'qualified', on: '2026-02-28', note: 'x' },
      409,
      'stage_date_before_previous',
    ],
    ['a day of the year 1', { to: 'qualified', on: '0001-01-01', note: 'x' }, 400, 'validation_failed'],
    ['lost without a reason', { to: 'lost' }, 409, 'lost_reason_required'],
    ['lost for no known reason', { to: 'lost', lostReason: 'bad_luck' }, 400, 'validation_failed'],
    ['dormant without a day', { to: 'dormant', note: 'x' }, 409, 'wake_on_required'],
    ['dormant until today', { to: 'dormant', wakeOn: '2026-03-02' }, 409, 'wake_on_not_in_future'],
    [
      'evidence without a number',
      { to: 'qualified', evidence: { kind: 'decision' } },
      400,
      'validation_failed',
    ],
    [
      'evidence at a hostile address',
      { to: 'qualified', evidence: { ...EVIDENCE, url: 'javascript:alert(1)' } },
      400,
      'validation_failed',
    ],
    ['nothing', {}, 400, 'validation_failed'],
  ])('refuses %s', async (_name, body, status, code) => {
    const lead = await owned();
    const answer = await move<Problem>(lead.id, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).not.toBe(code);
    expect(await leadOf(t, lead.id)).toMatchObject({ stage: 'enquiry', version: 1 });
  });

  it('is for its owner to walk', async () => {
    const lead = await givenLead(t);
    expect((await move<Problem>(lead.id, { to: 'qualified', note: 'x' })).body.code).toBe('not_your_lead');
  });

  it('asks every gate again after a stage back and on', async () => {
    const lead = await owned();
    await move(lead.id, { to: 'qualified', note: 'Đủ' });
    expect((await move<Problem>(lead.id, { to: 'enquiry' })).body.code).toBe('note_required');
    expect((await move(lead.id, { to: 'enquiry', note: 'Nhầm' })).body.stage).toBe('enquiry');
  });

  it('two at once: one moves, the other sees what the first left', async () => {
    const lead = await owned();
    const answers = await Promise.all(
      [1, 2].map(() => move<Problem>(lead.id, { to: 'qualified', note: 'x' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('lost and dormant', () => {
  it('loses a lead with its reason, and reopens it where it was', async () => {
    const lead = await owned();
    await move(lead.id, { to: 'qualified', note: 'Đủ' });
    const lost = await move(lead.id, {
      to: 'lost',
      lostReason: 'chose_other_province',
      lostTo: 'Bắc Ninh',
      note: 'Gần cảng hơn',
    });
    expect(lost.body).toMatchObject({
      stage: 'lost',
      lostReason: 'chose_other_province',
      lostTo: 'Bắc Ninh',
      stageBeforeExit: 'qualified',
      stale: false,
    });
    const back = await move(lead.id, { to: 'qualified', note: 'Họ quay lại' });
    expect(back.body).toMatchObject({
      stage: 'qualified',
      lostReason: null,
      lostTo: null,
      stageBeforeExit: null,
    });
  });

  it('wakes a dormant lead when its day has come, once, and says so upwards', async () => {
    const heard: LeadStageChanged[] = [];
    const events = t.get(Events);
    const publish = events.publish.bind(events);
    events.publish = (event) => {
      if (event instanceof LeadStageChanged) heard.push(event);
      return publish(event);
    };
    const leads = await Promise.all([1, 2, 3].map(() => givenLead(t, { ownerId: an.userId })));
    for (const { id } of leads) await move(id, { to: 'dormant', wakeOn: '2026-04-01', note: 'Quý sau' });
    const service = t.get(LeadsService);
    expect(await t.asSystem(() => service.wakeDue())).toEqual([]);
    t.clock.set(new Date('2026-04-03T03:00:00Z'));
    const [first, second] = await t.asSystem(() => Promise.all([service.wakeDue(2), service.wakeDue()]));
    const woken = [...first, ...second, ...(await t.asSystem(() => service.wakeDue()))].map(({ id }) => id);
    expect(woken.sort()).toEqual(leads.map(({ id }) => id).sort());
    expect(await leadOf(t, leads[0]!.id)).toMatchObject({
      stage: 'enquiry',
      wakeOn: null,
      stageBeforeExit: null,
      nextAction: 'Đến hẹn: liên hệ lại nhà đầu tư',
      nextActionAt: t.clock.now(),
      stageSince: t.clock.now(),
    });
    const mine = heard.filter(({ leadId }) => leadId === leads[0]!.id);
    expect(mine.map(({ from, to }) => [from, to])).toEqual([
      ['enquiry', 'dormant'],
      ['dormant', 'enquiry'],
    ]);
    events.publish = publish;
    t.clock.set(new Date('2026-03-02T03:00:00Z'));
  });
});

describe('pipelines', () => {
  it('are read by everyone, in their order', async () => {
    const { items } = (await an.get<PipelineList>('/api/v1/pipelines')).body;
    expect(items.map(({ kind, stages }) => [kind, stages.map(({ code }) => code).join(' ')])).toEqual([
      [
        'infrastructure',
        'enquiry qualified site_visit proposal dossier_filed appraisal approved construction operating',
      ],
      ['secondary', 'enquiry qualified site_visit memorandum licensing land_leased construction operating'],
    ]);
  });

  it('are changed by an administrator, and a later start keeps the change', async () => {
    const url = '/api/v1/pipelines/secondary/stages/memorandum';
    const change = { nameEn: 'MoU', needsEvidence: false, staleAfterDays: 45 };
    expect((await an.patch(url, change, { 'if-match': '"1"' })).status).toBe(403);
    const answer = await admin.patch<StageAnswer>(url, change, { 'if-match': '"1"' });
    expect(answer.body).toMatchObject({
      nameEn: 'MoU',
      needsEvidence: false,
      staleAfterDays: 45,
      nameVi: 'Biên bản ghi nhớ',
      version: 2,
    });
    expect((await admin.patch(url, change, { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin.patch(url, { staleAfterDays: 0 }, { 'if-match': '"2"' })).status).toBe(400);
    expect((await admin.patch(url, { position: 1 }, { 'if-match': '"2"' })).status).toBe(400);
    expect((await admin.patch('/api/v1/pipelines/other/stages/x', {}, { 'if-match': '"1"' })).status).toBe(
      404,
    );
    await t.asSystem(() => t.get(LeadsSeed).load());
    const { items } = (await an.get<PipelineList>('/api/v1/pipelines')).body;
    expect(items[1]!.stages[3]).toMatchObject({ code: 'memorandum', nameEn: 'MoU', version: 2 });
    expect(items.flatMap(({ stages }) => stages)).toHaveLength(17);
  });

  it('a changed gate holds from then on', async () => {
    const lead = await givenLead(t, { ownerId: an.userId, clusterIds: [await bareCluster(t)] });
    expect((await move(lead.id, { to: 'memorandum', note: 'Ký' })).status).toBe(200);
  });
});
