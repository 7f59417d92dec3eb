import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ClusterAnswer,
  ClusterPage,
  FactList,
  MilestoneAnswer,
  StatusHistory,
} from '../../src/modules/directory/clusters.dto.js';
import type { PlanningDistrictList } from '../../src/modules/directory/places.dto.js';
import { givenCluster } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string; message: string }[];
}

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;
let districtId: string;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
  const districts = await officer.get<PlanningDistrictList>('/api/v1/planning-districts');
  districtId = districts.body.items.find(({ code }) => code === 'huu-lung')!.id;
});
afterAll(() => t.close());

const body = (changes: object = {}) => ({
  code: 'thu-nghiem',
  name: 'CCN Thử nghiệm',
  planningDistrictId: districtId,
  source: 'thử nghiệm',
  ...changes,
});

describe('what the program knows by itself', () => {
  it('has the frozen planning districts in the order of the plan', async () => {
    const { body: list } = await officer.get<PlanningDistrictList>('/api/v1/planning-districts');
    expect(list.items.map(({ name }) => name)).toEqual([
      'Thành phố Lạng Sơn',
      'Bắc Sơn',
      'Bình Gia',
      'Cao Lộc',
      'Chi Lăng',
      'Đình Lập',
      'Hữu Lũng',
      'Lộc Bình',
      'Tràng Định',
      'Văn Lãng',
      'Văn Quan',
    ]);
    expect(list.items[0]).toMatchObject({ code: 'thanh-pho-lang-son', validTo: '2025-06-30' });
  });

  it('shows a cluster by its code, with the old commune and what took its place', async () => {
    const { body: cluster, headers } = await officer.get<ClusterAnswer>('/api/v1/clusters/hoa-son-1');
    expect(cluster).toMatchObject({
      name: 'Cụm công nghiệp Hòa Sơn 1',
      areaHa: 74.9,
      status: 'established',
      statusSince: '2023-10-04',
      establishedBy: 'Quyết định 1586, 4/10/2023',
      planningDistrict: { code: 'huu-lung', name: 'Hữu Lũng' },
      communes: [{ name: 'Hòa Sơn', validTo: '2025-06-30', successor: { name: 'Tân Thành' } }],
      occupancy: {
        rate: null,
        reason: 'no_detailed_plan',
        occupiedHa: null,
        leasedHa: null,
        industrialLandHa: null,
        asOf: null,
        source: null,
      },
    });
    expect(headers.etag).toBe('"1"');
    expect((await officer.get<ClusterAnswer>(`/api/v1/clusters/${cluster.id}`)).body).toEqual(cluster);
  });

  it('keeps conflicting sources side by side', async () => {
    const { body: cluster } = await officer.get<ClusterAnswer>('/api/v1/clusters/hoa-son-1');
    const { body: facts } = await officer.get<FactList>(`/api/v1/clusters/${cluster.id}/facts`);
    expect(facts.items.map(({ field, value }) => `${field}: ${value}`)).toEqual([
      'capital: 725 tỷ đồng',
      'capital: 814 tỷ đồng',
    ]);
    const minhSon = await officer.get<ClusterAnswer>('/api/v1/clusters/minh-son');
    expect(minhSon.body.status).toBe('calling_for_investor');
    const said = await officer.get<FactList>(`/api/v1/clusters/${minhSon.body.id}/facts`);
    expect(said.body.items.map(({ value }) => value)).toContain('Đã thành lập trong năm 2025');
  });

  it('has a milestone without a date where the source gives none', async () => {
    const { body: cluster } = await officer.get<ClusterAnswer>('/api/v1/clusters/ho-son-1');
    expect(cluster.milestones).toEqual([expect.objectContaining({ kind: 'ground_broken', on: null })]);
    const { body: history } = await officer.get<StatusHistory>(
      `/api/v1/clusters/${cluster.id}/status-history`,
    );
    expect(history.items.map(({ from, to, on }) => [from, to, on])).toEqual([
      [null, 'established', '2023-06-02'],
      ['established', 'under_construction', null],
    ]);
  });
});

describe('the list', () => {
  it('filters and searches without accents', async () => {
    const list = (query: string) => officer.get<ClusterPage>(`/api/v1/clusters?${query}`);
    expect((await list('limit=200')).body.total).toBeGreaterThanOrEqual(12);
    expect((await list('q=hoa son')).body.items.map(({ code }) => code)).toEqual(['hoa-son-1']);
    expect((await list('q=huu lung&status=under_construction')).body.items.map(({ code }) => code)).toEqual([
      'ho-son-1',
    ]);
    expect((await list(`planningDistrictId=${districtId}&isPublic=true`)).body.items).toHaveLength(3);
    expect((await list('status=nowhere')).status).toBe(400);
    expect((await list('sort=secret')).status).toBe(400);
  });

  it('pages without repeating', async () => {
    const first = await officer.get<ClusterPage>('/api/v1/clusters?limit=5');
    const second = await officer.get<ClusterPage>(
      `/api/v1/clusters?limit=200&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(first.body.total);
  });
});

describe('recording a cluster', () => {
  it('is the manager’s; an officer only reads', async () => {
    expect((await officer.post('/api/v1/clusters', body())).status).toBe(403);
    const made = await manager.post<ClusterAnswer>(
      '/api/v1/clusters',
      body({ areaHa: 60.5, sectors: ['Chế biến gỗ'] }),
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      code: 'thu-nghiem',
      status: 'planned',
      isPublic: false,
      areaHa: 60.5,
      version: 1,
    });
    expect(
      (await officer.get<ClusterPage>('/api/v1/clusters?sector=che bien GO')).body.items.map(
        ({ code }) => code,
      ),
    ).toEqual(['thu-nghiem']);
    expect((await manager.post<Problem>('/api/v1/clusters', body())).body.code).toBe('cluster_code_taken');
  });

  it.each([
    ['area of −1', { areaHa: -1 }, 'areaHa', 'too_small'],
    ['area of nothing', { areaHa: 0 }, 'areaHa', 'too_small'],
    ['area with three decimals', { areaHa: 1.234 }, 'areaHa', 'must_be_number'],
    ['area as text', { areaHa: '50' }, 'areaHa', 'must_be_number'],
    ['a day in year 1', { landAsOf: '0001-01-01' }, 'landAsOf', 'invalid_date'],
    ['a day in 9999', { statusSince: '9999-12-31' }, 'statusSince', 'invalid_date'],
    ['an unknown field', { owner: 'me' }, 'owner', 'unknown_field'],
    ['no name', { name: undefined }, 'name', 'required'],
    ['a blank name', { name: '   ' }, 'name', 'invalid_format'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'name', 'too_long'],
    ['a hostile code', { code: "x'; DROP TABLE cluster" }, 'code', 'invalid_format'],
    [
      'a district that is not there',
      { planningDistrictId: '01900000-0000-7000-8000-000000000000' },
      'planningDistrictId',
      'planning_district_not_found',
    ],
    [
      'a commune that is not there',
      { communeIds: ['01900000-0000-7000-8000-000000000000'] },
      'communeIds',
      'commune_not_found',
    ],
    [
      'more industrial land than land',
      { areaHa: 10, industrialLandHa: 20, landAsOf: '2026-01-01', landSource: 'x' },
      'industrialLandHa',
      'more_than_area',
    ],
    [
      'land figures without their day',
      { areaHa: 10, industrialLandHa: 5, landSource: 'x' },
      'landAsOf',
      'required',
    ],
    ['a NUL', { name: 'a\u0000b' }, 'name', 'invalid_characters'],
  ])('refuses %s', async (_what, changes, path, code) => {
    const answer = await manager.post<Problem>('/api/v1/clusters', body({ code: 'khac', ...changes }));
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
    for (const { message } of answer.body.errors!) expect(message).not.toMatch(/^errors:|^[a-z_]+$/);
  });

  it('changes only against the version seen', async () => {
    const { id } = await givenCluster(t);
    const changes = {
      industrialLandHa: 40,
      occupiedHa: 10,
      landAsOf: '2025-12-31',
      landSource: 'Báo cáo 2025',
    };
    expect((await manager.patch(`/api/v1/clusters/${id}`, changes)).status).toBe(428);
    const changed = await manager.patch<ClusterAnswer>(`/api/v1/clusters/${id}`, changes, {
      'if-match': '"1"',
    });
    expect(changed.body).toMatchObject({
      version: 2,
      occupancy: { rate: null, reason: 'no_detailed_plan', occupiedHa: 10, industrialLandHa: 40 },
    });
    expect((await manager.patch(`/api/v1/clusters/${id}`, { areaHa: 1 }, { 'if-match': '"1"' })).status).toBe(
      412,
    );
    expect(
      (await manager.patch(`/api/v1/clusters/${id}`, { name: null }, { 'if-match': '"2"' })).status,
    ).toBe(400);
    expect(
      (await manager.patch(`/api/v1/clusters/${id}`, { status: 'operating' }, { 'if-match': '"2"' })).status,
    ).toBe(400);
  });

  it('says not found in the caller’s language', async () => {
    const answer = await officer.get<{ detail: string }>('/api/v1/clusters/khong-co', {
      'accept-language': 'en',
    });
    expect([answer.status, answer.body.detail]).toEqual([404, 'There is no such cluster.']);
    expect((await officer.get('/api/v1/clusters/%00')).status).toBe(400);
  });
});

describe('milestones', () => {
  it('make occupancy defined, with their proof', async () => {
    const cluster = await givenCluster(t, {
      industrialLandHa: 40,
      occupiedHa: 10,
      landAsOf: '2025-12-31',
      landSource: 'Báo cáo 2025',
    });
    const url = `/api/v1/clusters/${cluster.id}/milestones`;
    const made = await manager.post<MilestoneAnswer>(url, {
      kind: 'detailed_plan_approved',
      on: '2024-05-01',
      decisionNumber: '12/QĐ',
      source: 'UBND',
    });
    expect(made.status).toBe(201);
    const shown = await officer.get<ClusterAnswer>(`/api/v1/clusters/${cluster.id}`);
    expect(shown.body.occupancy).toMatchObject({
      rate: 0.25,
      reason: null,
      asOf: '2025-12-31',
      source: 'Báo cáo 2025',
    });
    const changed = await manager.patch<MilestoneAnswer>(
      `${url}/${made.body.id}`,
      { on: null },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ on: null, decisionNumber: '12/QĐ', version: 2 });
    expect((await manager.patch(`${url}/${made.body.id}`, { on: null }, { 'if-match': '"1"' })).status).toBe(
      412,
    );
    expect((await manager.post(url, { kind: 'ground_broken', on: '2026-03-03', source: 'x' })).status).toBe(
      400,
    );
    expect((await officer.post(url, { kind: 'ground_broken', source: 'x' })).status).toBe(403);
  });
});

describe('status', () => {
  it('follows the legal order, keeps its history and asks a note for a step back', async () => {
    const { id } = await givenCluster(t);
    const step = (to: string, more: object = {}) =>
      manager.post<ClusterAnswer & Problem>(`/api/v1/clusters/${id}/status`, {
        to,
        on: '2026-02-01',
        source: 'UBND',
        ...more,
      });
    expect((await step('established')).body.code).toBe('cluster_status_not_allowed');
    expect((await step('dossier_filed', { on: '2026-03-03' })).body.code).toBe('cluster_status_in_future');
    expect((await step('dossier_filed')).body).toMatchObject({
      status: 'dossier_filed',
      statusSince: '2026-02-01',
      version: 2,
    });
    expect((await step('established', { on: '2026-01-31' })).body.code).toBe('cluster_status_out_of_order');
    expect((await step('established', { decisionNumber: '7/QĐ-UBND' })).body.establishedBy).toBe('7/QĐ-UBND');
    expect((await step('dossier_filed')).body.code).toBe('cluster_status_back_needs_note');
    expect((await step('dossier_filed', { note: 'Quyết định bị thu hồi' })).body).toMatchObject({
      status: 'dossier_filed',
      establishedBy: null,
    });
    const { body: history } = await officer.get<StatusHistory>(`/api/v1/clusters/${id}/status-history`);
    expect(history.items.map(({ to, by }) => [to, by.name])).toEqual([
      ['calling_for_investor', 'system'],
      ['dossier_filed', 'manager'],
      ['established', 'manager'],
      ['dossier_filed', 'manager'],
    ]);
    const [audit] = await t.db.query<{ actor_kind: string; changes: object }>(
      `SELECT actor_kind, changes FROM audit_entry WHERE table_name = 'cluster' AND row_id = $1 ORDER BY id DESC LIMIT 1`,
      [id],
    );
    expect(audit).toMatchObject({
      actor_kind: 'user',
      changes: { status: ['established', 'dossier_filed'] },
    });
  });

  it('moves once when two ask at the same time', async () => {
    const { id } = await givenCluster(t);
    const step = () =>
      manager.post(`/api/v1/clusters/${id}/status`, {
        to: 'dossier_filed',
        on: '2026-02-01',
        source: 'UBND',
      });
    const statuses = (await Promise.all([step(), step(), step()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
  });
});
