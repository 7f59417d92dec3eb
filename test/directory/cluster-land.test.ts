import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgencyAnswer } from '../../src/modules/directory/agency/agency.dto.js';
import type {
  ClusterLandAnswer,
  IncentiveAnswer,
} from '../../src/modules/directory/land/cluster-land.dto.js';
import type { ClusterAnswer, FactAnswer } from '../../src/modules/directory/clusters.dto.js';
import { ClusterRecordsService } from '../../src/modules/directory/cluster-records.service.js';
import { ClustersQueries } from '../../src/modules/directory/clusters.queries.js';
import { AgencyService } from '../../src/modules/directory/agency/agency.service.js';
import { givenCluster } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
});
afterAll(() => t.close());

const v = (version: number) => ({ 'if-match': `"${version}"` });
const inVietnamese = (vi: string) => ({ vi, en: null, zh: null });

describe('where a cluster is', () => {
  it('is a whole position with its source, inside Viet Nam', async () => {
    const { id, version } = await givenCluster(t);
    const url = `/api/v1/clusters/${id}`;
    const half = await manager.patch<Problem>(url, { latitude: 21.8, positionSource: 'bản đồ' }, v(version));
    expect(half.body.errors).toMatchObject([{ path: 'longitude', code: 'required' }]);
    const swapped = await manager.patch<Problem>(
      url,
      { latitude: 106.7, longitude: 21.8, positionSource: 'bản đồ' },
      v(version),
    );
    expect(swapped.body.errors).toMatchObject([
      { path: 'latitude', code: 'too_large_number' },
      { path: 'longitude', code: 'too_small' },
    ]);
    const bare = await manager.patch<Problem>(url, { latitude: 21.8, longitude: 106.7 }, v(version));
    expect(bare.body.errors).toMatchObject([{ path: 'positionSource', code: 'required' }]);
    const whole = await manager.patch<ClusterAnswer>(
      url,
      { latitude: 21.853123, longitude: 106.761234, positionSource: 'bản đồ quy hoạch' },
      v(version),
    );
    expect(whole.body.position).toEqual({
      latitude: 21.853123,
      longitude: 106.761234,
      source: 'bản đồ quy hoạch',
    });
    const gone = await manager.patch<ClusterAnswer>(
      url,
      { latitude: null, longitude: null, positionSource: null },
      v(version + 1),
    );
    expect(gone.body.position).toBeNull();
    expect((await officer.patch(url, { latitude: 21, longitude: 106 }, v(version + 2))).status).toBe(403);
  });

  it('is not known of any cluster that the plan names, nor is its free land', async () => {
    const clusters = await t.get(ClustersQueries).publicList();
    expect(clusters.length).toBe(12);
    for (const { position, access, documents } of clusters)
      expect({ position, access, documents }).toEqual({ position: null, access: [], documents: [] });
    const { body } = await officer.get<ClusterAnswer>('/api/v1/clusters/hoa-son-1');
    expect(body).toMatchObject({ freeHa: null, freeGap: 'no_detailed_plan', wants: ['secondary'] });
  });
});

describe('ways to a cluster', () => {
  it('are entered, put in order, changed and taken away by a manager', async () => {
    const { id } = await givenCluster(t);
    const url = `/api/v1/clusters/${id}`;
    const gate = { kind: 'border_gate', name: inVietnamese('Cửa khẩu Mẫu'), source: 'thử nghiệm' };
    expect((await officer.post(`${url}/access`, gate)).status).toBe(403);
    await manager.post(`${url}/access`, gate);
    const second = await manager.post<ClusterLandAnswer>(`${url}/access`, {
      ...gate,
      kind: 'national_road',
      name: { vi: 'Quốc lộ Mẫu', en: 'National road', zh: '国道' },
      distanceKm: 12.5,
    });
    expect(second.status).toBe(201);
    expect(second.body.access).toMatchObject([
      { name: { vi: 'Cửa khẩu Mẫu', en: null }, distanceKm: null, position: 1 },
      { name: { zh: '国道' }, distanceKm: 12.5, position: 2 },
    ]);
    const [first, last] = second.body.access;
    const turned = await manager.put<ClusterLandAnswer>(`${url}/access-order`, {
      ids: [last!.id, first!.id],
    });
    expect(turned.body.access.map((one) => one.id)).toEqual([last!.id, first!.id]);
    expect((await manager.put<Problem>(`${url}/access-order`, { ids: [last!.id] })).body.code).toBe(
      'land_order_stale',
    );
    const path = `${url}/access/${first!.id}`;
    expect((await manager.patch(path, { distanceKm: 3 }, v(7))).status).toBe(412);
    const changed = await manager.patch<ClusterLandAnswer>(path, { distanceKm: 3 }, v(1));
    expect(changed.body.access[1]).toMatchObject({ distanceKm: 3, version: 2 });
    expect((await manager.delete<Problem>(path, v(1))).status).toBe(412);
    expect((await manager.delete<ClusterLandAnswer>(path, v(2))).body.access).toHaveLength(1);
    const other = await givenCluster(t);
    expect((await manager.delete(`/api/v1/clusters/${other.id}/access/${last!.id}`, v(1))).status).toBe(404);
  });

  it('have no distance below nothing and no day to come', async () => {
    const { id } = await givenCluster(t);
    const answer = await manager.post<Problem>(`/api/v1/clusters/${id}/access`, {
      kind: 'port',
      name: { vi: '' },
      source: 'x',
      distanceKm: -1,
    });
    expect(answer.body.errors?.map(({ path }) => path)).toEqual(['name.vi', 'distanceKm']);
    const future = await manager.post<Problem>(`/api/v1/clusters/${id}/access`, {
      kind: 'port',
      name: inVietnamese('Cảng'),
      source: 'x',
      asOf: '2090-01-01',
    });
    expect(future.body.errors).toMatchObject([{ path: 'asOf', code: 'day_in_future' }]);
  });
});

describe('infrastructure', () => {
  it('is known once for each kind; a milestone speaks until somebody does', async () => {
    const { id } = await givenCluster(t);
    const url = `/api/v1/clusters/${id}`;
    await t.asSystem(() =>
      t.get(ClusterRecordsService).addMilestone(id, {
        kind: 'wastewater_works',
        on: '2024-06-01',
        source: 'biên bản',
      }),
    );
    const before = await officer.get<ClusterLandAnswer>(`${url}/land`);
    expect(before.body.utilities).toEqual([
      {
        id: null,
        kind: 'wastewater',
        state: 'available',
        capacity: null,
        note: null,
        source: 'biên bản',
        asOf: '2024-06-01',
        milestone: 'wastewater_works',
        version: 1,
      },
    ]);
    const more = {
      kind: 'wastewater',
      state: 'under_construction',
      capacity: inVietnamese('1.000 m³/ngày đêm'),
      source: 'chủ đầu tư',
    };
    await manager.post(`${url}/utilities`, more);
    expect((await manager.post<Problem>(`${url}/utilities`, more)).body.code).toBe('cluster_utility_exists');
    const power = await manager.post<ClusterLandAnswer>(`${url}/utilities`, {
      kind: 'power',
      state: 'missing',
      source: 'khảo sát',
    });
    expect(power.body.utilities).toMatchObject([
      { kind: 'power', state: 'missing', milestone: null },
      { kind: 'wastewater', state: 'under_construction', capacity: { vi: '1.000 m³/ngày đêm' } },
    ]);
    const [first] = power.body.utilities;
    const changed = await manager.patch<ClusterLandAnswer>(
      `${url}/utilities/${first!.id}`,
      { state: 'planned' },
      v(1),
    );
    expect(changed.body.utilities[0]).toMatchObject({ state: 'planned', version: 2 });
    const removed = await manager.delete<ClusterLandAnswer>(`${url}/utilities/${first!.id}`, v(2));
    expect(removed.body.utilities.map(({ kind }) => kind)).toEqual(['wastewater']);
  });
});

describe('incentives', () => {
  const given = {
    title: inVietnamese('Miễn tiền thuê đất'),
    text: inVietnamese('Mẫu'),
    legalDocument: 'Văn bản mẫu',
    sourceGrade: 'law',
    appliesTo: 'both',
    scope: 'all',
    effectiveFrom: '2024-05-01',
    isPublic: true,
  };
  const codesOf = async (code: string) => {
    const found = await t.get(ClustersQueries).findPublic(code);
    return found!.incentives.map((one) => one.code).filter((one) => one.startsWith('mau-'));
  };

  it('show on public pages from the first day to the last, where they apply', async () => {
    const inside = await givenCluster(t, { isPublic: true });
    const outside = await givenCluster(t, { isPublic: true });
    expect((await officer.post('/api/v1/incentives', { ...given, code: 'mau-cu' })).status).toBe(403);
    await manager.post('/api/v1/incentives', { ...given, code: 'mau-cu', effectiveTo: '2024-12-31' });
    await manager.post('/api/v1/incentives', { ...given, code: 'mau-an', isPublic: false });
    const own = await manager.post<IncentiveAnswer>('/api/v1/incentives', {
      ...given,
      code: 'mau-rieng',
      scope: 'clusters',
      clusterIds: [inside.id],
    });
    expect(own.status).toBe(201);
    await manager.post('/api/v1/incentives', {
      ...given,
      code: 'mau-dia-ban',
      scope: 'districts',
      planningDistrictIds: [inside.planningDistrictId],
    });
    expect(await codesOf(inside.code)).toEqual(['mau-rieng', 'mau-dia-ban']);
    expect(await codesOf(outside.code)).toEqual(['mau-dia-ban']);
    const url = `/api/v1/incentives/${own.body.id}`;
    const ended = await manager.patch<IncentiveAnswer>(url, { effectiveTo: t.clock.today() }, v(1));
    expect(ended.body.version).toBe(2);
    expect(await codesOf(inside.code)).toContain('mau-rieng');
    await manager.patch(url, { effectiveTo: '2024-06-30' }, v(2));
    expect(await codesOf(inside.code)).not.toContain('mau-rieng');
    expect((await manager.delete(url, v(3))).status).toBe(204);
    expect((await officer.get(url)).status).toBe(404);
  });

  it('end after they begin, and say where they apply', async () => {
    const answer = await manager.post<Problem>('/api/v1/incentives', {
      ...given,
      code: 'mau-sai',
      effectiveTo: '2024-04-30',
    });
    expect(answer.body.errors).toMatchObject([{ path: 'effectiveTo', code: 'ends_before_it_begins' }]);
    const nowhere = await manager.post<Problem>('/api/v1/incentives', {
      ...given,
      code: 'mau-sai',
      scope: 'clusters',
    });
    expect(nowhere.body.errors).toMatchObject([{ path: 'clusterIds', code: 'required' }]);
  });
});

describe('what sources say', () => {
  it('is for the staff until a manager publishes it', async () => {
    const { id, code } = await givenCluster(t, { isPublic: true });
    const url = `/api/v1/clusters/${id}/facts`;
    const { body: fact } = await manager.post<FactAnswer>(url, {
      field: 'capital',
      value: '725 tỷ đồng',
      source: 'báo chí',
    });
    expect(fact.isPublic).toBe(false);
    expect((await t.get(ClustersQueries).findPublic(code))!.facts).toEqual([]);
    expect((await officer.patch(`${url}/${fact.id}`, { isPublic: true })).status).toBe(403);
    await manager.patch(`${url}/${fact.id}`, { isPublic: true });
    expect((await t.get(ClustersQueries).findPublic(code))!.facts).toMatchObject([{ value: '725 tỷ đồng' }]);
  });
});

describe('the agency', () => {
  it('has the name of its mails until an administrator enters its details', async () => {
    const admin = await t.http.as('admin');
    const { body: first } = await officer.get<AgencyAnswer>('/api/v1/agency');
    expect(first).toMatchObject({ nameIsAssumed: true, phone: null, address: null, email: null, version: 1 });
    expect(first.name.vi).not.toBe('');
    expect(first.openData.licence).toEqual({
      name: 'CC BY 4.0',
      url: 'https://creativecommons.org/licenses/by/4.0/',
    });
    const details = {
      name: { vi: 'Trung tâm Mẫu', en: 'Sample Centre', zh: '示例中心' },
      phone: '0205 3812 345',
      email: 'Lien.He@Mau.Test',
      website: 'mau.test',
    };
    expect((await manager.patch('/api/v1/agency', details, v(1))).status).toBe(403);
    const changed = await admin.patch<AgencyAnswer>('/api/v1/agency', details, v(1));
    expect(changed.body).toMatchObject({
      name: details.name,
      nameIsAssumed: false,
      phone: '+842053812345',
      email: 'lien.he@mau.test',
      website: 'https://mau.test',
      version: 2,
    });
    expect(changed.headers.etag).toBe('"2"');
    expect((await t.get(AgencyService).get()).name.zh).toBe('示例中心');
    expect((await admin.patch('/api/v1/agency', { phone: null }, v(1))).status).toBe(412);
    expect(
      (await admin.patch<Problem>('/api/v1/agency', { licenceUrl: 'javascript:alert(1)' }, v(2))).status,
    ).toBe(400);
  });
});
