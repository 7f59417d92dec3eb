import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/database/ids.js';
import { defaultPlan, templateId } from '../factories/follow-up.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string; message: string }[];
}
interface Plan {
  id: string;
  version: number;
  planVersion: number;
  steps: { id: string; key: string; position: number }[];
}

let t: TestApp;
let admin: HttpClient;
let an: HttpClient;

beforeAll(async () => {
  t = await startApp();
  [admin, an] = [await t.http.as('admin'), await t.http.as('officer', 'An')];
});
afterAll(() => t.close());

const TASK = {
  offset: { amount: 3, unit: 'day' },
  channel: 'officer_task',
  titleVi: 'Gọi',
  titleEn: 'Call them',
};

describe('follow-up plans', () => {
  it('the seeded one is there, in order, and read by everybody', async () => {
    const { body } = await an.get<{ items: (Plan & { isDefault: boolean })[] }>('/api/v1/follow-up-plans');
    expect(body.items[0]).toMatchObject({
      code: 'after-round',
      isDefault: true,
      stopStages: { infrastructure: 'proposal', secondary: 'memorandum' },
    });
    const steps = await an.get<{ items: { key: string; offset: object; channel: string }[] }>(
      `/api/v1/follow-up-plans/${body.items[0]!.id}/steps`,
    );
    expect(steps.body.items.map(({ key, offset, channel }) => [key, offset, channel])).toEqual([
      ['thank-you', { amount: 2, unit: 'working_day' }, 'investor_email'],
      ['officer-call', { amount: 7, unit: 'day' }, 'officer_task'],
      ['cluster-sheet', { amount: 14, unit: 'day' }, 'investor_email'],
      ['interim-result', { amount: 30, unit: 'day' }, 'officer_task'],
      ['final-check', { amount: 60, unit: 'day' }, 'officer_task'],
      ['manager-review', { amount: 60, unit: 'day' }, 'manager_escalation'],
    ]);
  });

  it('every change of steps makes a version, under If-Match', async () => {
    const made = await admin.post<Plan>('/api/v1/follow-up-plans', {
      code: 'http-plan',
      name: 'Kế hoạch',
      steps: [TASK],
    });
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: { planVersion: 1, steps: [{ key: 'call-them', position: 0, condition: {} }] },
    });
    const url = `/api/v1/follow-up-plans/${made.body.id}`;
    const mail = {
      ...TASK,
      channel: 'investor_email',
      templateId: await templateId(t, 'round-cluster-sheet'),
      titleEn: 'Call them',
      position: 0,
      condition: { leadKind: 'secondary' },
    };
    const added = await admin.post<Plan>(`${url}/steps`, mail, { 'if-match': '"1"' });
    expect(added).toMatchObject({
      status: 201,
      body: { planVersion: 2, version: 2, steps: [{ key: 'call-them-2' }, { key: 'call-them' }] },
    });
    expect(await admin.post(`${url}/steps`, TASK, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
    const stepId = added.body.steps[1]!.id;
    const changed = await admin.patch<Plan>(
      `${url}/steps/${stepId}`,
      { offset: { amount: 9, unit: 'working_day' } },
      { 'if-match': '"2"' },
    );
    expect(changed.body).toMatchObject({
      planVersion: 3,
      steps: [{}, { key: 'call-them', offset: { amount: 9, unit: 'working_day' }, titleVi: 'Gọi' }],
    });
    const removed = await admin.delete<Plan>(`${url}/steps/call-them-2`, { 'if-match': '"3"' });
    expect(removed).toMatchObject({
      status: 200,
      body: { planVersion: 4, steps: [{ key: 'call-them', position: 0 }] },
    });
    expect(await admin.delete<Problem>(`${url}/steps/call-them`, { 'if-match': '"4"' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'steps', code: 'too_few' }] },
    });
    expect(
      await admin.patch<Plan>(
        url,
        { stopStages: { infrastructure: 'approved', secondary: null } },
        { 'if-match': '"4"' },
      ),
    ).toMatchObject({ status: 200, body: { planVersion: 5, stopStages: { secondary: null } } });
    expect(await admin.post(`${url}/move-sequences`, { dryRun: true })).toMatchObject({
      status: 200,
      body: { moved: 0 },
    });
    expect(await an.post(`${url}/steps`, TASK, { 'if-match': '"5"' })).toMatchObject({ status: 403 });
  });

  it.each<[string, object, string, string]>([
    ['an e-mail without a template', { channel: 'investor_email' }, 'steps.0.templateId', 'required'],
    ['a template that is none', { templateId: newId() }, 'steps.0.templateId', 'unknown_template'],
    ['an offset of -1', { offset: { amount: -1, unit: 'day' } }, 'steps.0.offset.amount', 'too_small'],
    [
      'an offset of three years',
      { offset: { amount: 1000, unit: 'day' } },
      'steps.0.offset.amount',
      'too_large_number',
    ],
    ['an unknown unit', { offset: { amount: 1, unit: 'week' } }, 'steps.0.offset.unit', 'not_one_of'],
    ['an unknown channel', { channel: 'fax' }, 'steps.0.channel', 'not_one_of'],
    ['an unknown condition', { condition: { mood: 'good' } }, 'steps.0.condition.mood', 'unknown_field'],
    [
      'a condition of the wrong type',
      { condition: { noAnswerYet: 'yes' } },
      'steps.0.condition.noAnswerYet',
      'must_be_true_or_false',
    ],
    ['no title', { titleVi: ' ' }, 'steps.0.titleVi', 'invalid_format'],
  ])('refuse %s', async (_name, change, path, code) => {
    const answer = await admin.post<Problem>('/api/v1/follow-up-plans', {
      code: 'bad',
      name: 'x',
      steps: [{ ...TASK, ...change }],
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path, code })]);
    expect(answer.body.errors![0]!.message).not.toBe(code);
  });

  it('refuse an officer’s letter for an investor, a stage that is none, a code that is taken', async () => {
    const mail = { ...TASK, channel: 'investor_email', templateId: await templateId(t, 'officer-task') };
    expect(
      await admin.post<Problem>('/api/v1/follow-up-plans', { code: 'x', name: 'x', steps: [mail] }),
    ).toMatchObject({ status: 400, body: { errors: [{ code: 'template_of_other_audience' }] } });
    expect(
      await admin.post<Problem>('/api/v1/follow-up-plans', {
        code: 'x',
        name: 'x',
        steps: [TASK],
        stopStages: { infrastructure: 'nowhere', secondary: null },
      }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'stopStages.infrastructure', code: 'unknown_stage' }] },
    });
    expect(
      await admin.post('/api/v1/follow-up-plans', { code: 'after-round', name: 'x', steps: [TASK] }),
    ).toMatchObject({ status: 409, body: { code: 'plan_code_taken' } });
    expect(
      await admin.patch(
        `/api/v1/follow-up-plans/${await defaultPlan(t)}`,
        { archived: true },
        { 'if-match': '"1"' },
      ),
    ).toMatchObject({ status: 409, body: { code: 'default_plan_not_archived' } });
  });
});
