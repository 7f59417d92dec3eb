import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenCluster, givenContact } from '../factories/directory.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string; message: string }[];
}
interface Round {
  id: string;
  version: number;
  status: string;
}

let t: TestApp;
let officer: HttpClient;
let number = 0;

const ROUND = () => ({
  code: `HTTP-${++number}`,
  name: 'Hội nghị xúc tiến',
  startsOn: '2026-03-02',
  endsOn: '2026-03-06',
});

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer', 'An');
});
afterAll(() => t.close());

describe('rounds', () => {
  it('go from plan to close by the API, preview first', async () => {
    const cluster = await givenCluster(t);
    const made = await officer.post<Round & Record<string, unknown>>('/api/v1/rounds', {
      ...ROUND(),
      kind: 'domestic',
      budget: { amount: '350000000', currency: 'VND' },
      goals: { firms: 30, leads: 10 },
      clusterIds: [cluster.id],
    });
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: {
        status: 'planned',
        budget: { amount: '350000000', currency: 'VND' },
        goals: { firms: 30 },
        clusters: [{ id: cluster.id }],
        owner: { id: officer.userId },
      },
    });
    const { id } = made.body;
    const running = await officer.patch<Round>(
      `/api/v1/rounds/${id}`,
      { status: 'running' },
      { 'if-match': '"1"' },
    );
    expect(running.body).toMatchObject({ status: 'running', version: 2 });
    const event = await officer.post<{ id: string }>(`/api/v1/rounds/${id}/events`, {
      kind: 'conference',
      name: 'Khai mạc',
      startsAt: '2026-03-02T01:00:00Z',
      endsAt: '2026-03-02T04:00:00Z',
    });
    expect(event.status).toBe(201);
    const contact = await givenContact(t, { consent: 'given' });
    const person = { firmId: contact.firmId, contactId: contact.id };
    const one = await officer.post<{ id: string; version: number; leadId: string }>(
      `/api/v1/rounds/${id}/participations`,
      {
        ...person,
        eventId: event.body.id,
        status: 'registered',
        leadKind: 'infrastructure',
        clusterIds: [cluster.id],
      },
    );
    expect(one).toMatchObject({
      status: 201,
      body: {
        firm: { id: contact.firmId },
        event: { name: 'Khai mạc' },
        clusters: [{ id: cluster.id }],
        lead: { stage: 'enquiry' },
      },
    });
    const attended = await officer.patch(
      `/api/v1/rounds/${id}/participations/${one.body.id}`,
      { status: 'attended' },
      { 'if-match': `"${one.body.version}"` },
    );
    expect(attended.body).toMatchObject({ status: 'attended', note: null });
    const bulk = await officer.post(`/api/v1/rounds/${id}/participations`, {
      items: [{ ...person, leadKind: 'infrastructure' }, person],
    });
    expect(bulk).toMatchObject({
      status: 201,
      body: { created: 2, leads: 2, reminders: null, items: [{ leadId: one.body.leadId }, {}] },
    });
    const preview = await officer.post<{ preview: unknown[]; reminders: { created: number } }>(
      `/api/v1/rounds/${id}/close`,
      { dryRun: true },
    );
    expect(preview).toMatchObject({
      status: 200,
      body: { round: { status: 'running' }, reminders: { created: 12, kept: 0, skipped: [] } },
    });
    expect(preview.body.preview).toHaveLength(12);
    const closed = await officer.post(`/api/v1/rounds/${id}/close`, { outcome: 'Hai cơ hội' });
    expect(closed).toMatchObject({
      status: 200,
      body: {
        round: {
          status: 'closed',
          outcome: 'Hai cơ hội',
          counts: { leads: 2, participations: 3, firms: 1, events: 1 },
        },
        reminders: { created: 12 },
        preview: [],
      },
    });
    const again = await officer.post(`/api/v1/rounds/${id}/close`, {});
    expect(again.body).toMatchObject({ reminders: { created: 0, kept: 12, skipped: [] } });
    const reopened = await officer.post(`/api/v1/rounds/${id}/reopen`);
    expect(reopened).toMatchObject({
      status: 200,
      body: { round: { status: 'running', closedAt: null }, reminders: { cancelled: 12 } },
    });
    const list = await officer.get<{ total: number }>(
      `/api/v1/rounds?status=running&ownerId=me&clusterId=${cluster.id}&q=hoi nghi`,
    );
    expect(list.body).toMatchObject({ total: 1, items: [{ id }] });
    expect(
      (await officer.get(`/api/v1/rounds/${id}/participations?status=attended&eventId=${event.body.id}`))
        .body,
    ).toMatchObject({ total: 1 });
  });

  it.each<[string, object, string, string]>([
    ['a missing name', { name: undefined }, 'name', 'required'],
    ['a day that is none', { startsOn: '2026-02-30' }, 'startsOn', 'invalid_date'],
    ['the year 9999', { endsOn: '9999-01-01' }, 'endsOn', 'invalid_date'],
    ['an end before the start', { endsOn: '2026-03-01' }, 'endsOn', 'round_dates_reversed'],
    ['an unknown field', { color: 'red' }, 'color', 'unknown_field'],
    ['a hostile name', { name: 'x\r\nBcc: y' }, 'name', 'invalid_format'],
    ['a name too long', { name: 'x'.repeat(301) }, 'name', 'too_long'],
    ['money as a number', { budget: { amount: 5, currency: 'VND' } }, 'budget.amount', 'invalid_money'],
    ['a goal of -1', { goals: { firms: -1 } }, 'goals.firms', 'too_small'],
    ['a cluster that is none', { clusterIds: [newId()] }, 'clusterIds.0', 'unknown_cluster'],
    ['a plan that is none', { followUpPlanId: newId() }, 'followUpPlanId', 'unknown_plan'],
    ['an owner that is none', { ownerId: newId() }, 'ownerId', 'unknown_user'],
    ['a code with blanks', { code: 'a b' }, 'code', 'invalid_format'],
  ])('refuse %s', async (_name, change, path, code) => {
    const answer = await officer.post<Problem>('/api/v1/rounds', { ...ROUND(), ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path, code })]);
    expect(answer.body.errors![0]!.message).not.toBe(code);
  });

  it('answer plainly to stale versions, taken codes, strangers and unknown ids', async () => {
    const input = ROUND();
    const { body } = await officer.post<Round>('/api/v1/rounds', input);
    expect(await officer.post('/api/v1/rounds', input)).toMatchObject({
      status: 409,
      body: { code: 'round_code_taken' },
    });
    const url = `/api/v1/rounds/${body.id}`;
    expect(await officer.patch(url, { name: 'x' })).toMatchObject({ status: 428 });
    expect(await officer.patch(url, { name: 'x' }, { 'if-match': '"9"' })).toMatchObject({ status: 412 });
    expect(await officer.patch(url, { status: 'closed' }, { 'if-match': '"1"' })).toMatchObject({
      status: 409,
      body: { code: 'round_may_not_become' },
    });
    expect(await officer.post(`${url}/reopen`)).toMatchObject({
      status: 409,
      body: { code: 'round_not_closed' },
    });
    expect(await officer.get(`/api/v1/rounds/${newId()}`)).toMatchObject({
      status: 404,
      body: { code: 'round_not_found' },
    });
    expect(await officer.get('/api/v1/rounds/1')).toMatchObject({ status: 400 });
    expect(await officer.get(`/api/v1/rounds/${newId()}/participations`)).toMatchObject({ status: 404 });
    expect(await officer.post(`/api/v1/rounds/${newId()}/close`, {})).toMatchObject({ status: 404 });
    expect(await t.http.anonymous.get('/api/v1/rounds')).toMatchObject({ status: 401 });
  });

  it('refuse participations that point nowhere, all of them or none', async () => {
    const { body: round } = await officer.post<Round>('/api/v1/rounds', ROUND());
    const [contact, stranger] = [await givenContact(t), await givenContact(t)];
    const url = `/api/v1/rounds/${round.id}/participations`;
    const answer = await officer.post<Problem>(url, {
      items: [
        { firmId: contact.firmId },
        { firmId: newId() },
        { firmId: contact.firmId, contactId: stranger.id },
        { firmId: contact.firmId, eventId: newId() },
      ],
    });
    expect(answer.body.errors!.map(({ path, code }) => [path, code])).toEqual([
      ['items.1.firmId', 'unknown_firm'],
      ['items.3.eventId', 'unknown_event'],
      ['items.2.contactId', 'contact_of_other_firm'],
    ]);
    expect((await officer.get(url)).body).toMatchObject({ total: 0 });
    expect(await officer.post<Problem>(url, {})).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'firmId', code: 'required' }] },
    });
    expect(
      await officer.post<Problem>(url, { firmId: contact.firmId, items: [{ firmId: contact.firmId }] }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'firmId', code: 'one_or_items' }] } });
    expect(await officer.post<Problem>(url, { items: [] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'items', code: 'too_few' }] },
    });
    expect(await officer.post<Problem>(url, { firmId: contact.firmId, status: 'came' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'status', code: 'not_one_of' }] },
    });
  });

  it('go into other hands with an account, so that who comes late has someone to turn to', async () => {
    const [leaver, heir] = [await t.http.as('officer', 'Bình'), await t.http.as('officer', 'Chi')];
    const { body: round } = await leaver.post<Round>('/api/v1/rounds', ROUND());
    const closed = await leaver.post(`/api/v1/rounds/${round.id}/close`, { outcome: 'Xong' });
    expect(closed.status).toBe(200);
    await t.asSystem(() => t.get(UsersService).deactivate(leaver.userId!, { handOverTo: heir.userId! }));
    const shown = await officer.get<{ owner: { id: string } }>(`/api/v1/rounds/${round.id}`);
    expect(shown.body.owner.id).toBe(heir.userId);
    const contact = await givenContact(t);
    const late = await officer.post<{ leadId: string }>(`/api/v1/rounds/${round.id}/participations`, {
      firmId: contact.firmId,
      contactId: contact.id,
      status: 'attended',
    });
    const lead = await officer.get<{ owner: { id: string } }>(`/api/v1/leads/${late.body.leadId}`);
    expect(lead.body.owner.id).toBe(heir.userId);
  });

  it('keep an event that has participants', async () => {
    const { body: round } = await officer.post<Round>('/api/v1/rounds', ROUND());
    const url = `/api/v1/rounds/${round.id}/events`;
    const times = { startsAt: '2026-03-02T01:00:00Z', endsAt: '2026-03-02T04:00:00Z' };
    const { body: event } = await officer.post<{ id: string }>(url, {
      kind: 'fair',
      name: 'Hội chợ',
      ...times,
    });
    expect(
      await officer.post<Problem>(url, {
        kind: 'fair',
        name: 'x',
        startsAt: times.endsAt,
        endsAt: times.startsAt,
      }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'endsAt', code: 'event_ends_before_start' }] } });
    const contact = await givenContact(t);
    await officer.post(`/api/v1/rounds/${round.id}/participations`, {
      firmId: contact.firmId,
      eventId: event.id,
    });
    expect(await officer.delete(`${url}/${event.id}`, { 'if-match': '"1"' })).toMatchObject({
      status: 409,
      body: { code: 'event_has_participants' },
    });
    const { body: empty } = await officer.post<{ id: string }>(url, {
      kind: 'meeting',
      name: 'Gặp gỡ',
      ...times,
    });
    expect(
      await officer.patch(`${url}/${empty.id}`, { place: 'Lạng Sơn' }, { 'if-match': '"1"' }),
    ).toMatchObject({ status: 200, body: { place: 'Lạng Sơn', version: 2 } });
    expect(await officer.delete(`${url}/${empty.id}`, { 'if-match': '"2"' })).toMatchObject({ status: 204 });
    expect((await officer.get(url)).body).toMatchObject({ items: [{ id: event.id, participations: 1 }] });
  });
});
