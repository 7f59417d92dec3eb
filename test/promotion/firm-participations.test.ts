import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FirmParticipationPage } from '../../src/modules/promotion/firm-participations.dto.js';
import { EventsService } from '../../src/modules/promotion/events.service.js';
import { givenFirm } from '../factories/directory.js';
import { givenParticipant, givenRound } from '../factories/promotion.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

describe('where a firm took part', () => {
  it('is listed by round, the newest first, page by page', async () => {
    const officer = await t.http.as('officer');
    const firm = await givenFirm(t);
    const older = await givenRound(t, { startsOn: '2026-01-05', endsOn: '2026-01-06' });
    const newer = await givenRound(t, { name: 'Hội chợ mùa xuân' });
    const eventId = await t.asSystem(() =>
      t.get(EventsService).create(newer, {
        kind: 'fair',
        name: 'Gian hàng',
        startsAt: new Date('2026-03-03T01:00:00Z'),
        endsAt: new Date('2026-03-03T09:00:00Z'),
        place: 'Lạng Sơn',
      }),
    );
    await givenParticipant(t, older, { firmId: firm.id, status: 'no_show' });
    const { leadId } = await givenParticipant(t, newer, { firmId: firm.id, eventId });
    await givenParticipant(t, newer);
    const url = `/api/v1/firms/${firm.id}/participations`;
    const first = await officer.get<FirmParticipationPage>(`${url}?limit=1`);
    expect(first).toMatchObject({ status: 200, body: { total: 2 } });
    expect(first.body.items[0]).toMatchObject({
      leadId,
      status: 'attended',
      round: { id: newer, name: 'Hội chợ mùa xuân', startsOn: '2026-03-02', status: 'planned' },
      eventDetails: { id: eventId, kind: 'fair', startsAt: '2026-03-03T01:00:00.000Z', place: 'Lạng Sơn' },
    });
    const second = await officer.get<FirmParticipationPage>(
      `${url}?limit=1&cursor=${encodeURIComponent(first.body.nextCursor!)}`,
    );
    expect(second.body.items).toMatchObject([{ round: { id: older }, eventDetails: null }]);
    expect((await officer.get<FirmParticipationPage>(`${url}?status=no_show`)).body.total).toBe(1);
    expect((await officer.get(`/api/v1/firms/${crypto.randomUUID()}/participations`)).status).toBe(404);
  });
});
