import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClusterLadder } from '../../src/modules/leads/pipelines/cluster-ladder.dto.js';
import type { LeadAnswer, LeadPage } from '../../src/modules/leads/leads.dto.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { bareCluster, bareFirm, givenLead } from '../factories/leads.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let an: HttpClient;
let binh: HttpClient;

beforeAll(async () => {
  t = await startApp();
  [an, binh] = [await t.http.as('officer', 'An'), await t.http.as('officer', 'Binh')];
});
afterAll(() => t.close());

describe('who else works on a firm', () => {
  it('a lead names the firm’s other leads with their officers, and the list their owners', async () => {
    const firmId = await bareFirm(t);
    const clusterId = await bareCluster(t);
    const mine = await givenLead(t, { firmId, kind: 'secondary' });
    const other = await givenLead(t, {
      firmId,
      kind: 'infrastructure',
      ownerId: an.userId,
      helperIds: [binh.userId!],
      clusterIds: [clusterId],
    });
    await givenLead(t);
    const { body } = await binh.get<LeadAnswer>(`/api/v1/leads/${mine.id}`);
    expect(body.otherLeads).toEqual([
      {
        id: other.id,
        reference: other.reference,
        kind: 'infrastructure',
        stage: 'enquiry',
        owner: { id: an.userId, name: 'An' },
        helpers: [{ id: binh.userId, name: 'Binh' }],
        clusters: [expect.objectContaining({ id: clusterId }) as unknown],
        lastActivityAt: other.lastActivityAt.toISOString(),
      },
    ]);
    const page = await an.get<LeadPage>(`/api/v1/leads?firmId=${firmId}&kind=infrastructure`);
    expect(page.body.items[0]).toMatchObject({
      owner: { name: 'An' },
      lastActivityAt: other.lastActivityAt.toISOString(),
    });
    expect((await an.get<LeadAnswer>(`/api/v1/leads/${other.id}`)).body).toMatchObject({
      owner: { name: 'An' },
      helpers: [{ name: 'Binh' }],
    });
  });
});

describe('the ladder of a cluster', () => {
  it('has every stage in order with its name, its leads, and the exits that are taken', async () => {
    const clusterId = await bareCluster(t);
    const clusterIds = [clusterId];
    const firmId = await bareFirm(t, 'Công ty Leo Thang');
    const up = await givenLead(t, { firmId, clusterIds, ownerId: an.userId });
    await t.asSystem(() => t.get(LeadsService).moveStage(up.id, { to: 'qualified' }));
    await givenLead(t, { clusterIds });
    const lost = await givenLead(t, { clusterIds });
    await t.asSystem(() => t.get(LeadsService).moveStage(lost.id, { to: 'lost', lostReason: 'land_price' }));
    const { status, body } = await an.get<ClusterLadder>(`/api/v1/clusters/${clusterId}/leads/ladder`);
    expect(status).toBe(200);
    const secondary = body.rungs.filter((rung) => rung.kind === 'secondary');
    expect(secondary.map(({ stage, count }) => `${stage} ${count}`)).toEqual([
      'enquiry 1',
      'qualified 1',
      'site_visit 0',
      'memorandum 0',
      'licensing 0',
      'land_leased 0',
      'construction 0',
      'operating 0',
      'lost 1',
    ]);
    expect(secondary.every((rung) => rung.nameVi.length > 2 && rung.nameEn.length > 2)).toBe(true);
    expect(secondary[1]!.leads).toEqual([
      expect.objectContaining({
        id: up.id,
        firm: { id: firmId, name: 'Công ty Leo Thang' },
        owner: { id: an.userId, name: 'An' },
      }) as unknown,
    ]);
    expect(secondary.at(-1)).toMatchObject({ stage: 'lost', nameVi: 'Không thành', position: null });
    const page = await an.get<LeadPage>(`/api/v1/clusters/${clusterId}/leads?stage=enquiry`);
    expect(page.body.total).toBe(1);
    expect((await an.get(`/api/v1/clusters/${crypto.randomUUID()}/leads/ladder`)).status).toBe(404);
  });
});
