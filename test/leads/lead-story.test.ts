import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LeadAnswer } from '../../src/modules/leads/leads.dto.js';
import { bareFirm } from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let an: HttpClient;
let binh: HttpClient;
let firmId: string;

beforeAll(async () => {
  t = await startApp();
  [an, binh] = [await t.http.as('officer', 'An'), await t.http.as('officer', 'Binh')];
  firmId = await bareFirm(t);
});
afterAll(() => t.close());

const create = async (client: HttpClient, body: object = {}) =>
  (await client.post<LeadAnswer>('/api/v1/leads', { firmId, kind: 'secondary', ...body })).body;

describe('the story of a lead', () => {
  it('is read whole or by what it is about', async () => {
    const lead = await create(an);
    t.clock.advance(60_000);
    await an.post(`/api/v1/leads/${lead.id}/activities`, { kind: 'call', subject: 'Hỏi thăm' });
    t.clock.advance(60_000);
    await an.post(`/api/v1/leads/${lead.id}/assign`, { ownerId: binh.userId });
    const about = async (subjects: string) => {
      const { body } = await an.get<{ total: number; items: { kind: string; about: string }[] }>(
        `/api/v1/leads/${lead.id}/timeline?about=${subjects}`,
      );
      expect(body.total).toBe(body.items.length);
      return body.items.map((entry) => `${entry.about}:${entry.kind}`);
    };
    expect(await about('activity')).toEqual(['activity:activity_logged']);
    expect(await about('stage,other')).toEqual(['other:assigned', 'stage:lead_opened']);
    expect(await about('mail')).toEqual([]);
    expect((await an.get(`/api/v1/leads/${lead.id}/timeline?about=weather`)).status).toBe(400);
  });
});

describe('who else speaks with the firm', () => {
  it('is told of any of its leads: calls of colleagues in thirty days, without notes and without my own', async () => {
    const firm = await bareFirm(t);
    const mine = await create(an, { firmId: firm });
    const theirs = await create(binh, { firmId: firm });
    const log = (client: HttpClient, leadId: string, body: object) =>
      client.post(`/api/v1/leads/${leadId}/activities`, { kind: 'call', subject: 'Gọi', ...body });
    await log(binh, theirs.id, { subject: 'Gọi tháng trước' });
    t.clock.advance(31 * 86_400_000);
    await log(binh, theirs.id, { subject: 'Gọi hôm nay' });
    await log(binh, theirs.id, { kind: 'note', subject: 'Ghi nhớ' });
    await log(an, mine.id, { subject: 'Tôi gọi' });
    const later = new Date(t.clock.now().getTime() + 86_400_000).toISOString();
    await log(binh, theirs.id, { kind: 'visit', subject: 'Hẹn khảo sát', happenedAt: later });
    const path = `/api/v1/leads/${mine.id}/colleagues-contacts`;
    expect((await an.get<{ items: object[] }>(path)).body.items).toMatchObject([
      { subject: 'Hẹn khảo sát', booked: true, lead: { id: theirs.id }, by: { name: 'Binh' } },
      { subject: 'Gọi hôm nay', booked: false, kind: 'call', lead: { reference: theirs.reference } },
    ]);
    expect((await binh.get<{ items: object[] }>(path)).body.items).toMatchObject([{ subject: 'Tôi gọi' }]);
    const nowhere = '/api/v1/leads/01890000-0000-7000-8000-000000000000/colleagues-contacts';
    expect(await an.get(nowhere)).toMatchObject({ status: 404, body: { code: 'lead_not_found' } });
  });
});
