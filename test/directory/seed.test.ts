import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DirectorySeed } from '../../src/modules/directory/directory.seed.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const TABLES = [
  'planning_district',
  'commune',
  'cluster',
  'cluster_commune',
  'cluster_status_change',
  'cluster_milestone',
  'cluster_fact',
  'target',
  'plan_figure',
  'firm',
  'contact',
];

async function counts(): Promise<Record<string, number>> {
  const rows = await t.db.query<{ name: string; n: number }>(
    TABLES.map((table) => `SELECT '${table}' AS name, count(*)::int AS n FROM ${table}`).join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

it('loads the plan with its sources, and nothing made up', async () => {
  expect(await counts()).toMatchObject({
    planning_district: 11,
    commune: 11,
    cluster: 12,
    target: 7,
    plan_figure: 9,
    firm: 0,
    contact: 0,
  });
  const [unsourced] = await t.db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM cluster WHERE source = ''`,
  );
  expect(unsourced!.n).toBe(0);
});

it('loading again adds nothing and overwrites no edit', async () => {
  const before = await counts();
  await t.db.execute(`UPDATE cluster SET name = 'Tên đã sửa', area_ha = 1 WHERE code = 'tan-van'`);
  await t.db.execute(`UPDATE target SET min_value = 2 WHERE code = 'operating-2025'`);
  await t.asSystem(() => t.get(DirectorySeed).load());
  expect(await counts()).toEqual(before);
  expect(
    await t.db.query(`SELECT name, area_ha::float8 AS area FROM cluster WHERE code = 'tan-van'`),
  ).toEqual([{ name: 'Tên đã sửa', area: 1 }]);
  expect(await t.db.query(`SELECT min_value::int AS min FROM target WHERE code = 'operating-2025'`)).toEqual([
    { min: 2 },
  ]);
});
