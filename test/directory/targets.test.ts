import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetAnswer, TargetList } from '../../src/modules/directory/targets/targets.dto.js';
import { givenCluster } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
});
afterAll(() => t.close());

const list = async (query = '') => (await officer.get<TargetList>(`/api/v1/targets${query}`)).body;
const target = async (code: string, query = '') =>
  (await list(query)).items.find((item) => item.code === code)!;

describe('targets', () => {
  it('come from the plan, with their source and what is unknown said so', async () => {
    const { items, planFigures, asOf } = await list();
    expect(asOf).toBe('2026-03-02');
    expect(items.map(({ code }) => code)).toEqual([
      'industry-growth',
      'industry-share-grdp',
      'operating-2025',
      'every-district-2030',
      'wastewater-100',
      'fire-100',
      'invested-2030',
    ]);
    expect(items[0]).toMatchObject({
      minValue: 12,
      maxValue: 14,
      due: '2030-12-31',
      unit: 'percent_per_year',
      measuredBy: 'hand',
      reached: null,
    });
    expect(items[0]!.measured).toMatchObject({ value: null, asOf: null, source: null });
    expect(planFigures.find(({ code }) => code === 'to-be-invested-by-2030')).toMatchObject({
      count: 24,
      areaHa: 1156.77,
      conflict: 'Một báo khác nêu 23 cụm',
    });
  });

  it('are measured by the clusters’ rows; what cannot be decided is told apart', async () => {
    const operating = await target('operating-2025');
    expect(operating.measured).toMatchObject({
      value: 0,
      asOf: '2026-03-02',
      source: 'clusters',
      clusterIds: [],
    });
    expect(operating.measured.undecidedClusterIds).toHaveLength(1);
    expect(operating.reached).toBe(false);
    expect((await target('invested-2030')).measured.value).toBe(5);
    expect((await target('wastewater-100')).measured).toMatchObject({ value: 0, of: 5 });
  });

  it('are measured as of a day', async () => {
    const before = (await target('invested-2030', '?asOf=2023-01-01')).measured.value!;
    expect((await target('invested-2030', '?asOf=2023-06-02')).measured.value).toBe(before + 1);
    const { id } = await givenCluster(t, { status: 'dossier_filed' });
    await manager.post(`/api/v1/clusters/${id}/status`, {
      to: 'established',
      on: '2026-02-20',
      source: 'UBND',
    });
    expect((await target('invested-2030', '?asOf=2026-02-19')).measured.value).toBe(5);
    expect((await target('invested-2030', '?asOf=2026-02-20')).measured.value).toBe(6);
    expect((await officer.get('/api/v1/targets?asOf=9999-01-01')).status).toBe(400);
  });

  it('take a value by hand from a manager, with its day and source', async () => {
    const { id } = await target('industry-growth');
    const value = { value: 12.4, asOf: '2025-12-31', source: 'Niên giám thống kê 2025' };
    expect((await officer.post(`/api/v1/targets/${id}/values`, value)).status).toBe(403);
    const entered = await manager.post<TargetAnswer>(`/api/v1/targets/${id}/values`, value);
    expect(entered.status).toBe(201);
    expect(entered.body).toMatchObject({
      measured: { value: 12.4, asOf: '2025-12-31', source: value.source },
      reached: true,
    });
    expect((await target('industry-growth', '?asOf=2025-12-30')).measured.value).toBeNull();
    for (const bad of [
      { asOf: '2026-03-03' },
      { value: '12' },
      { value: 1e12 },
      { source: '' },
      { by: 'me' },
    ]) {
      expect((await manager.post(`/api/v1/targets/${id}/values`, { ...value, ...bad })).status).toBe(400);
    }
  });

  it('change against the version seen', async () => {
    const { id } = await target('every-district-2030');
    expect(
      (await manager.patch(`/api/v1/targets/${id}`, { minValue: 5 }, { 'if-match': '"9"' })).status,
    ).toBe(412);
    const changed = await manager.patch<TargetAnswer>(
      `/api/v1/targets/${id}`,
      { minValue: 5, maxValue: 11 },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ minValue: 5, maxValue: 11, ofValue: 11, version: 2 });
    expect(
      (await manager.patch(`/api/v1/targets/${id}`, { maxValue: 4 }, { 'if-match': '"2"' })).status,
    ).toBe(400);
    expect((await officer.get('/api/v1/targets/01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
