import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LeadsQueries } from '../../src/modules/leads/leads.queries.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { leadKey, type RoundParticipant } from '../../src/modules/leads/round-leads.js';
import { Timeline } from '../../src/modules/leads/timeline/timeline.service.js';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { runAs } from '../../src/platform/database/actor.js';
import { newId } from '../../src/platform/database/ids.js';
import {
  bareCluster,
  bareContact,
  bareFirm,
  givenActivity,
  givenLead,
  leadOf,
  userActor,
} from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let an: HttpClient;
let leads: LeadsService;

beforeAll(async () => {
  t = await startApp();
  an = await t.http.as('officer', 'An');
  leads = t.get(LeadsService);
});
afterAll(() => t.close());

const open = (participants: RoundParticipant[], roundId = newId()) =>
  t.asSystem(() => leads.openForRound({ roundId, participants }));
const leadsOf = (firmId: string) =>
  t.db.query<{ id: string }>(`SELECT id FROM lead WHERE firm_id = $1`, [firmId]);
const kindsOf = async (leadId: string) =>
  (
    await t.db.query<{ kind: string }>(`SELECT kind FROM timeline_entry WHERE lead_id = $1 ORDER BY id`, [
      leadId,
    ])
  ).map(({ kind }) => kind);
const clustersOf = async (leadId: string) =>
  (
    await t.db.query<{ id: string }>(
      `SELECT cluster_id AS id FROM lead_cluster WHERE lead_id = $1 ORDER BY position`,
      [leadId],
    )
  ).map(({ id }) => id);

describe('leads of a round', () => {
  it('makes one lead of a firm that was seen twice, with the clusters of both', async () => {
    const [firmId, roundId, first, second] = [
      await bareFirm(t),
      newId(),
      await bareCluster(t),
      await bareCluster(t),
    ];
    const contactId = await bareContact(t, firmId);
    const map = await open(
      [
        { firmId, kind: 'secondary', clusterIds: [first] },
        { firmId, kind: 'secondary', clusterIds: [second, first], contactId, ownerId: an.userId },
        { firmId, kind: 'infrastructure' },
      ],
      roundId,
    );
    expect(map.size).toBe(2);
    const lead = await leadOf(t, map.get(leadKey(firmId, 'secondary'))!);
    expect(lead).toMatchObject({
      source: 'round',
      sourceRoundId: roundId,
      stage: 'enquiry',
      primaryContactId: contactId,
      ownerId: an.userId,
    });
    expect(await clustersOf(lead.id)).toEqual([first, second]);
  });

  it('joins the open lead, adds the clusters, and fills an owner and a contact only where none was', async () => {
    const [firmId, known, asked] = [await bareFirm(t), await bareCluster(t), await bareCluster(t)];
    const contactId = await bareContact(t, firmId);
    const before = await givenLead(t, { firmId, clusterIds: [known] });
    const participant = {
      firmId,
      kind: 'secondary' as const,
      clusterIds: [asked, known],
      contactId,
      ownerId: an.userId,
    };
    expect([...(await open([participant])).values()]).toEqual([before.id]);
    expect([...(await open([{ ...participant, contactId: null, ownerId: null }])).values()]).toEqual([
      before.id,
    ]);
    expect(await leadsOf(firmId)).toHaveLength(1);
    expect(await leadOf(t, before.id)).toMatchObject({
      ownerId: an.userId,
      primaryContactId: contactId,
      source: 'officer',
      sourceRoundId: null,
    });
    expect(await clustersOf(before.id)).toEqual([known, asked]);
    expect(await kindsOf(before.id)).toEqual(['lead_opened', 'clusters_added', 'assigned']);
  });

  it('leaves what is over and opens anew; wakes what sleeps only if the firm came', async () => {
    const [lost, asleep] = [await givenLead(t), await givenLead(t)];
    await t.asSystem(() => leads.moveStage(lost.id, { to: 'lost', lostReason: 'land_price' }));
    await t.asSystem(() => leads.moveStage(asleep.id, { to: 'dormant', wakeOn: '2026-09-01' }));
    const fresh = await open([{ firmId: lost.firmId, kind: 'secondary' }]);
    expect([...fresh.values()]).not.toContain(lost.id);
    expect([...(await open([{ firmId: asleep.firmId, kind: 'secondary' }])).values()]).toEqual([asleep.id]);
    expect((await leadOf(t, asleep.id)).stage).toBe('dormant');
    await open([{ firmId: asleep.firmId, kind: 'secondary', wakes: true }]);
    expect(await leadOf(t, asleep.id)).toMatchObject({ stage: 'enquiry', wakeOn: null });
  });

  it('never doubles a lead when two lists are added at once', async () => {
    const firms = await Promise.all(Array.from({ length: 20 }, () => bareFirm(t)));
    const list = firms.map((firmId) => ({ firmId, kind: 'secondary' as const, clusterIds: [] }));
    const [one, two] = await Promise.all([open(list), open([...list].reverse())]);
    expect(one).toEqual(
      new Map(
        [...two].sort(
          (a, b) =>
            firms.findIndex((id) => a[0].startsWith(id)) - firms.findIndex((id) => b[0].startsWith(id)),
        ),
      ),
    );
    const [{ n }] = (await t.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM lead WHERE firm_id = ANY($1::uuid[])`,
      [firms],
    )) as [{ n: number }];
    expect(n).toBe(20);
  });

  it('tells beforehand which leads a list would join', async () => {
    const lead = await givenLead(t);
    const found = await t.get(LeadsQueries).openLeadsOf([lead.firmId, await bareFirm(t)]);
    expect(found).toEqual([
      { id: lead.id, firmId: lead.firmId, kind: 'secondary', reference: lead.reference },
    ]);
  });
});

describe("an investor's answer", () => {
  const investor = { kind: 'investor' as const, id: null, name: 'Mr Kim', role: null };
  const settle = (id: string, answer: Parameters<LeadsService['settleAnswer']>[1], at = t.clock.now()) =>
    runAs(investor, () => leads.settleAnswer(id, answer, at));

  it('sets what the officer does next, within working days', async () => {
    const lead = await givenLead(t, { ownerId: an.userId });
    expect(
      await settle(lead.id, { answer: 'call_me', note: 'Sau 14 giờ', refType: 'message', refId: newId() }),
    ).toEqual({ ownerId: an.userId });
    expect(await leadOf(t, lead.id)).toMatchObject({
      lastAnswer: 'call_me',
      lastAnswerAt: t.clock.now(),
      nextAction: 'Nhà đầu tư đề nghị gọi lại: gọi điện',
      nextActionAt: new Date('2026-03-03T03:00:00Z'),
      stage: 'enquiry',
    });
    const timeline = await an.get<{ items: object[] }>(`/api/v1/leads/${lead.id}/timeline`);
    expect(timeline.body.items[0]).toMatchObject({
      kind: 'investor_answered',
      text: 'Nhà đầu tư trả lời: đề nghị gọi lại',
      actor: { kind: 'investor', name: 'Mr Kim' },
      ref: { type: 'message' },
      data: { answer: 'call_me', note: 'Sau 14 giờ' },
    });
  });

  it('puts the lead to sleep until the day that was named', async () => {
    const lead = await givenLead(t);
    await settle(lead.id, { answer: 'not_now', until: '2026-06-15' });
    expect(await leadOf(t, lead.id)).toMatchObject({
      stage: 'dormant',
      wakeOn: '2026-06-15',
      stageBeforeExit: 'enquiry',
      lastAnswer: 'not_now',
    });
    await settle(lead.id, { answer: 'not_now', until: '2026-07-01' });
    expect(await leadOf(t, lead.id)).toMatchObject({
      stage: 'dormant',
      wakeOn: '2026-07-01',
      stageBeforeExit: 'enquiry',
    });
  });

  it('does not lose the lead by itself', async () => {
    const lead = await givenLead(t);
    await settle(lead.id, { answer: 'not_interested' });
    expect(await leadOf(t, lead.id)).toMatchObject({
      stage: 'enquiry',
      lastAnswer: 'not_interested',
      nextAction: expect.stringContaining('xác nhận kết thúc') as unknown as string,
    });
  });

  it('an answer that arrives late does not replace a later one', async () => {
    const lead = await givenLead(t);
    await settle(lead.id, { answer: 'interested' });
    await settle(lead.id, { answer: 'visit' }, new Date(t.clock.now().getTime() - 60_000));
    expect((await leadOf(t, lead.id)).lastAnswer).toBe('interested');
  });
});

describe('the clocks of an enquiry', () => {
  it('take the first mail and the first contact, and no later one', async () => {
    const [enquiry, other] = [await givenLead(t, { source: 'enquiry' }), await givenLead(t)];
    const at = t.clock.now();
    await t.asSystem(() => leads.markAcknowledged([enquiry.id, other.id], at));
    await givenActivity(t, enquiry.id, { happenedAt: new Date(at.getTime() + 1) });
    expect((await leadOf(t, enquiry.id)).answeredAt).toBeNull();
    await t.asSystem(() => leads.markAnswered([enquiry.id], at));
    await t.asSystem(() => leads.markAnswered([enquiry.id], new Date(at.getTime() + 5000)));
    expect(await leadOf(t, enquiry.id)).toMatchObject({ acknowledgedAt: at, answeredAt: at });
    expect((await leadOf(t, other.id)).acknowledgedAt).toBeNull();
  });
});

describe('a closed account', () => {
  it('leaves its open leads to another, and none of those that are over', async () => {
    const leaving = await t.http.as('officer', 'Cuong');
    const [owned, lost, helped] = [
      await givenLead(t, { ownerId: leaving.userId }),
      await givenLead(t, { ownerId: leaving.userId }),
      await givenLead(t, { helperIds: [leaving.userId!] }),
    ];
    await t.asSystem(() => leads.moveStage(lost.id, { to: 'lost', lostReason: 'no_contact' }));
    const admin = await t.http.as('admin');
    await runAs(userActor(admin, 'admin'), () =>
      t.get(UsersService).deactivate(leaving.userId!, { handOverTo: an.userId! }),
    );
    expect((await leadOf(t, owned.id)).ownerId).toBe(an.userId);
    expect((await leadOf(t, lost.id)).ownerId).toBe(leaving.userId);
    expect(await t.db.query(`SELECT 1 FROM lead_helper WHERE lead_id = $1`, [helped.id])).toEqual([]);
    const timeline = await an.get<{ items: object[] }>(`/api/v1/leads/${owned.id}/timeline`, {
      'accept-language': 'en',
    });
    expect(timeline.body.items[0]).toMatchObject({
      text: 'Assigned to An',
      data: { from: 'Cuong', to: 'An' },
      actor: { name: 'admin' },
    });
  });
});

describe('the timeline', () => {
  it('takes many entries at once; a touch moves activity but not the version nor the audit, and never into the future', async () => {
    const some = [
      await givenLead(t, { openedOn: '2026-02-02' }),
      await givenLead(t, { openedOn: '2026-02-02' }),
    ];
    const audited = () =>
      t.db.query(`SELECT 1 FROM audit_entry WHERE table_name = 'lead' AND row_id = ANY($1::text[])`, [
        some.map(({ id }) => id),
      ]);
    const future = new Date(t.clock.now().getTime() + 86_400_000);
    const refId = newId();
    const entries = some.flatMap(({ id }) => [
      {
        leadId: id,
        kind: 'message_sent',
        at: new Date('2026-02-20T03:00:00Z'),
        refType: 'message',
        refId,
        data: { subject: '"Đất\\' },
      },
      { leadId: id, kind: 'kind_of_another_module', at: future },
    ]);
    await t.asSystem(() => t.get(Timeline).append(entries, { touch: true }));
    expect(await leadOf(t, some[0]!.id)).toMatchObject({ lastActivityAt: t.clock.now(), version: 1 });
    expect(await audited()).toHaveLength(2);
    const page = await an.get<{ items: { kind: string; text: string; data: object }[]; total: number }>(
      `/api/v1/leads/${some[1]!.id}/timeline?limit=2`,
    );
    expect(page.body.total).toBe(3);
    expect(page.body.items.map(({ kind }) => kind)).toEqual(['kind_of_another_module', 'message_sent']);
    expect(page.body.items[1]!.data).toEqual({ subject: '"Đất\\' });
  });

  it('answers 404 for no lead', async () => {
    for (const part of ['timeline', 'activities', 'stage-history']) {
      expect((await an.get(`/api/v1/leads/${newId()}/${part}`)).status).toBe(404);
    }
  });
});

describe('many at once', () => {
  it('imports in order, in any stage, and snapshots them', async () => {
    const [firmId, clusterId] = [await bareFirm(t), await bareCluster(t)];
    const rows = Array.from({ length: 120 }, (_, n) => ({
      firmId,
      kind: 'secondary' as const,
      stage: n % 2 ? 'licensing' : 'enquiry',
      summary: `Dòng ${n}`,
      clusterIds: n % 3 ? [clusterId] : [],
      ownerId: an.userId,
      openedOn: '2026-01-15',
      capital: { registered: { amount: `${n}.25`, currency: 'USD' } },
    }));
    const opened = await t.asSystem(() => leads.importMany(rows));
    expect(opened.map(({ reference }) => reference)).toEqual(opened.map(({ reference }) => reference).sort());
    expect(await leadOf(t, opened[7]!.id)).toMatchObject({
      summary: 'Dòng 7',
      stage: 'licensing',
      source: 'import',
      registeredAmount: '7.25',
      sample: false,
    });
    const snapshots = await t.get(LeadsQueries).snapshots(opened.slice(0, 2).map(({ id }) => id));
    const byId = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
    expect(byId.get(opened[1]!.id)).toMatchObject({
      stage: 'licensing',
      stagePosition: 5,
      isFinal: false,
      clusterIds: [clusterId],
      ownerId: an.userId,
      firmId,
    });
    await expect(
      t.asSystem(() => leads.importMany([{ ...rows[0]!, stage: 'appraisal' }])),
    ).rejects.toMatchObject({ status: 400 });
  });
});
