import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TasksWriter } from '../../src/modules/follow-up/tasks.writer.js';
import { givenLead } from '../factories/leads.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('an officer does not put away what tells the manager about that officer', async () => {
  const [officer, manager] = [await t.http.as('officer'), await t.http.as('manager')];
  const lead = await givenLead(t, { ownerId: officer.userId });
  const [escalation] = await t.asSystem(() =>
    t.get(TasksWriter).write([
      {
        leadId: lead.id,
        stepKey: 'escalation:x',
        channel: 'manager_escalation',
        titleVi: 'Trễ hạn',
        titleEn: 'Overdue',
        ownerId: manager.userId,
        dueAt: t.clock.now(),
        status: 'open',
      },
    ]),
  );
  const url = `/api/v1/reminders/${escalation!.id}`;
  for (const [verb, body] of [
    ['complete', {}],
    ['cancel', {}],
    ['snooze', { until: '2026-03-09T03:00:00Z' }],
    ['reassign', { ownerId: officer.userId }],
  ] as const)
    expect([verb, (await officer.post(`${url}/${verb}`, body)).status]).toEqual([verb, 403]);
  expect((await manager.post(`${url}/complete`, {})).status).toBe(200);
});
