import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { MeetingWatch } from '../../src/modules/meetings/meeting-watch.service.js';
import { MeetingsQueries } from '../../src/modules/meetings/meetings.queries.js';
import { CalendarExceptionsService } from '../../src/platform/calendar/calendar-exceptions.service.js';
import { PersonErased } from '../../src/modules/directory/directory.events.js';
import { Events } from '../../src/platform/events/events.js';
import { givenPlan, statesOf } from '../factories/follow-up.js';
import { givenAsked } from '../factories/meetings.js';
import { closeRound, givenParticipant, givenRound } from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface MeetingBody {
  id: string;
  version: number;
  status: string;
  startsAt: string;
  endsAt: string;
  officer: { id: string };
}

let t: TestApp;
let people = 0;
beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(DEFAULT_NOW));
afterAll(() => t.close());

const officerNamed = () => t.http.as('officer', `officer-${(people += 1)}`);
const match = (version: number) => ({ 'if-match': `"${version}"` });

async function booked(
  given: { startsAt?: string; owner?: HttpClient } = {},
): Promise<{ owner: HttpClient; leadId: string; contactId: string; meeting: MeetingBody }> {
  const owner = given.owner ?? (await officerNamed());
  const { leadId, contactId, clusterIds } = await givenAsked(t, { owner });
  const { status, body, text } = await owner.post<MeetingBody>('/api/v1/meetings', {
    leadId,
    kind: 'site_visit',
    startsAt: given.startsAt ?? '2026-03-06T01:00:00Z',
    clusterId: clusterIds[0],
  });
  if (status !== 201) throw new Error(text);
  return { owner, leadId, contactId, meeting: body };
}
const tasksOf = (leadId: string, key: string) =>
  t.db.query<{ owner_id: string; title_vi: string }>(
    `SELECT owner_id, title_vi FROM reminder WHERE lead_id = $1 AND step_key LIKE $2`,
    [leadId, `${key}%`],
  );
const keysOf = async (leadId: string) =>
  (
    await t.db.query<{ key: string }>(
      `SELECT split_part(dedupe_key, ':', 1) AS key FROM message WHERE lead_id = $1 AND dedupe_key LIKE '%meeting-%' ORDER BY id`,
      [leadId],
    )
  ).map(({ key }) => key);

describe('an officer', () => {
  test('sees the same free times, books, moves, cancels, and marks as held', async () => {
    const owner = await officerNamed();
    const { leadId } = await givenAsked(t, { owner });
    const free = await owner.get<{ items: { startsAt: string }[] }>(
      `/api/v1/meetings/free-times?leadId=${leadId}`,
    );
    const startsAt = free.body.items[0]!.startsAt;
    const { body: meeting } = await owner.post<MeetingBody>('/api/v1/meetings', {
      leadId,
      kind: 'site_visit',
      startsAt,
    });
    expect(meeting).toMatchObject({ status: 'booked', startsAt, officer: { id: owner.userId } });
    const again = await owner.post('/api/v1/meetings', { leadId, kind: 'call', startsAt });
    expect([again.status, (again.body as { code?: string }).code]).toEqual([409, 'meeting_time_taken']);
    const path = `/api/v1/meetings/${meeting.id}`;
    const to = { startsAt: '2026-03-09T02:00:00.000Z' };
    expect((await owner.post(`${path}/move`, to, match(9))).status).toBe(412);
    const moved = await owner.post<MeetingBody>(`${path}/move`, to, match(meeting.version));
    expect(moved.body).toMatchObject({ startsAt: to.startsAt, endsAt: '2026-03-09T03:30:00.000Z' });
    const early = await owner.post(`${path}/settle`, { outcome: 'held' }, match(moved.body.version));
    expect(early.status).toBe(409);
    t.clock.set(new Date('2026-03-09T04:00:00Z'));
    const held = await owner.post<MeetingBody>(
      `${path}/settle`,
      { outcome: 'held', note: 'Hài lòng với mặt bằng' },
      match(moved.body.version),
    );
    expect(held.body.status).toBe('held');
    expect((await owner.post(`${path}/cancel`, {}, match(held.body.version))).status).toBe(409);
    expect(await keysOf(leadId)).toEqual([
      'meeting-confirmed',
      'officer-meeting-booked',
      'meeting-moved',
      'officer-meeting-moved',
    ]);
    const list = await owner.get<{ items: MeetingBody[] }>(
      '/api/v1/meetings?officerId=me&from=2026-03-09&to=2026-03-09&status=held',
    );
    expect(list.body.items.map(({ id }) => id)).toEqual([meeting.id]);
    const story = await owner.get<{ items: { kind: string; text: string }[] }>(
      `/api/v1/leads/${leadId}/timeline`,
    );
    expect(story.text).toContain('meeting_held');
  });

  test('changes only the meetings of leads that are theirs', async () => {
    const { meeting, leadId } = await booked();
    const stranger = await officerNamed();
    const answers = await Promise.all([
      stranger.post('/api/v1/meetings', { leadId, kind: 'call', startsAt: '2026-03-10T02:00:00Z' }),
      stranger.post(`/api/v1/meetings/${meeting.id}/cancel`, {}, match(meeting.version)),
      t.http.anonymous.get(`/api/v1/meetings/${meeting.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 401]);
    expect((await stranger.get(`/api/v1/meetings/${meeting.id}`)).status).toBe(200);
    const manager = await t.http.as('manager');
    expect(
      (await manager.post(`/api/v1/meetings/${meeting.id}/cancel`, {}, match(meeting.version))).status,
    ).toBe(200);
  });

  test('sets visiting hours and absences; a manager those of others', async () => {
    const owner = await officerNamed();
    const manager = await t.http.as('manager');
    const { leadId } = await givenAsked(t, { owner });
    const hours = await owner.get<{ version: number; usual: boolean }>('/api/v1/me/visiting-hours');
    expect(hours.body).toMatchObject({ version: 0, usual: true });
    const mondays = {
      weekly: [{ weekday: 1, from: '09:00', to: '11:00' }],
      visitMinutes: 60,
      noticeWorkingDays: 1,
      horizonWorkingDays: 10,
    };
    expect((await owner.put('/api/v1/me/visiting-hours', mondays, match(0))).status).toBe(200);
    expect((await owner.put('/api/v1/me/visiting-hours', mondays, match(0))).status).toBe(412);
    const bad = { ...mondays, weekly: [{ weekday: 1, from: '11:00', to: '09:00' }] };
    expect((await owner.put('/api/v1/me/visiting-hours', bad, match(1))).status).toBe(400);
    const free = () =>
      owner.get<{ items: { startsAt: string }[] }>(`/api/v1/meetings/free-times?leadId=${leadId}`);
    expect((await free()).body.items.map(({ startsAt }) => startsAt)).toEqual([
      '2026-03-09T02:00:00.000Z',
      '2026-03-09T03:00:00.000Z',
      '2026-03-16T02:00:00.000Z',
      '2026-03-16T03:00:00.000Z',
    ]);
    const away = { fromDay: '2026-03-09', toDay: '2026-03-10', reason: 'Đi công tác' };
    expect((await owner.post(`/api/v1/users/${owner.userId}/absences`, away)).status).toBe(403);
    const made = await manager.post<{ id: string }>(`/api/v1/users/${owner.userId}/absences`, away);
    expect(made.status).toBe(201);
    expect((await free()).body.items).toHaveLength(2);
    expect((await owner.delete(`/api/v1/me/absences/${made.body.id}`)).status).toBe(204);
    expect((await free()).body.items).toHaveLength(4);
  });

  test('finds the follow-up stopped, since a meeting is booked', async () => {
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId: await givenPlan(t) });
    const manager = await t.http.as('manager');
    const owner = await officerNamed();
    t.clock.advance(3_600_000);
    const visit = { leadId, officerId: owner.userId, kind: 'site_visit', startsAt: '2026-03-06T01:00:00Z' };
    expect((await manager.post('/api/v1/meetings', visit)).status).toBe(201);
    expect(await statesOf(t, leadId)).toContain('mail: stopped (meeting_booked)');
  });
});

describe('what is agreed', () => {
  test('goes with the lead to a colleague who is free; both calendars are told', async () => {
    const { leadId, meeting } = await booked();
    const colleague = await officerNamed();
    const manager = await t.http.as('manager');
    await manager.post(`/api/v1/leads/${leadId}/assign`, { ownerId: colleague.userId });
    const [now] = await t.asSystem(() => t.get(MeetingsQueries).upcomingForLead(leadId));
    expect(now).toMatchObject({ id: meeting.id, officerId: colleague.userId, icsSequence: 1 });
    expect((await keysOf(leadId)).slice(2).sort()).toEqual([
      'meeting-moved',
      'officer-meeting-cancelled',
      'officer-meeting-moved',
    ]);
  });

  test('stays where it is, and becomes a task, when the colleague is not free', async () => {
    const { leadId, owner } = await booked();
    const { owner: colleague } = await booked();
    const manager = await t.http.as('manager');
    await manager.post(`/api/v1/leads/${leadId}/assign`, { ownerId: colleague.userId });
    const [now] = await t.asSystem(() => t.get(MeetingsQueries).upcomingForLead(leadId));
    expect(now).toMatchObject({ officerId: owner.userId, icsSequence: 0 });
    expect(await tasksOf(leadId, 'visit:hand-over:')).toMatchObject([{ owner_id: colleague.userId }]);
  });

  test('ends when the lead is lost', async () => {
    const { owner, leadId } = await booked();
    const lost = { to: 'lost', lostReason: 'land_price', note: 'Giá thuê cao' };
    expect((await owner.post(`/api/v1/leads/${leadId}/stage`, lost)).status).toBeLessThan(300);
    expect(await t.asSystem(() => t.get(MeetingsQueries).upcomingForLead(leadId))).toEqual([]);
    expect(await keysOf(leadId)).toContain('meeting-cancelled');
  });

  test('goes on with another officer when the account is closed', async () => {
    const { owner, leadId } = await booked();
    const heir = await officerNamed();
    await t.asSystem(() => t.get(UsersService).deactivate(owner.userId!, { handOverTo: heir.userId! }));
    const [now] = await t.asSystem(() => t.get(MeetingsQueries).upcomingForLead(leadId));
    expect(now!.officerId).toBe(heir.userId);
  });

  test('and a holiday declared later, or an absence: the officer is asked once', async () => {
    const { leadId, owner } = await booked({ startsAt: '2026-03-11T01:00:00Z' });
    const other = await booked({ startsAt: '2026-03-12T01:00:00Z' });
    const watch = () => t.asSystem(() => t.get(MeetingWatch).findClashes());
    await watch();
    expect(await tasksOf(leadId, 'visit:clash:')).toEqual([]);
    t.clock.advance(3_600_000);
    await t.asSystem(() =>
      t.get(CalendarExceptionsService).create({
        day: '2026-03-11',
        kind: 'day_off',
        nameVi: 'Nghỉ theo thông báo',
        nameEn: 'Announced day off',
        source: 'thử nghiệm',
      }),
    );
    await other.owner.post('/api/v1/me/absences', { fromDay: '2026-03-12', toDay: '2026-03-12' });
    await Promise.all([watch(), watch()]);
    await watch();
    expect(await tasksOf(leadId, 'visit:clash:')).toMatchObject([{ owner_id: owner.userId }]);
    expect((await tasksOf(other.leadId, 'visit:clash:'))[0]!.title_vi).toContain('08:00 12/03/2026');
  });

  test('names nobody once the person is forgotten', async () => {
    const { leadId, contactId, meeting } = await booked();
    await t.db.execute(`UPDATE meeting SET note = 'Tôi là Nguyễn' WHERE id = $1`, [meeting.id]);
    const [contact] = await t.db.query<{ firm_id: string }>(
      `UPDATE contact SET full_name = '—', email = NULL, erased_at = $2 WHERE id = $1 RETURNING firm_id`,
      [contactId, t.clock.now()],
    );
    await t.asSystem(() =>
      t.db.transaction(() =>
        t.get(Events).publish(new PersonErased(contactId, contact!.firm_id, ['Nguyễn'])),
      ),
    );
    expect(
      await t.db.query(`SELECT status, note, cancelled_by FROM meeting WHERE id = $1`, [meeting.id]),
    ).toEqual([{ status: 'cancelled', note: null, cancelled_by: 'system' }]);
    const kept = await t.db.query<{ audience: string }>(
      `SELECT audience FROM message WHERE lead_id = $1 AND invitation IS NOT NULL`,
      [leadId],
    );
    expect(kept).toEqual([{ audience: 'officer' }]);
  });
});
