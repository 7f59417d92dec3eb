import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LeadCells } from '../../src/modules/leads/roll-up/lead-cells.js';
import { CellReader } from '../../src/modules/reports/cell-reader.js';
import { pipelineSection } from '../../src/modules/reports/pipeline.section.js';
import {
  LEAD_GROUPINGS,
  type LeadGrouping,
  type ReportFilters,
} from '../../src/modules/reports/report-query.dto.js';
import { ReportScopes } from '../../src/modules/reports/report-scope.js';
import { rolledPipeline } from '../../src/modules/reports/rolled-leads.js';
import type { Tallied, Tallies } from '../../src/modules/reports/tally.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { startApp, type TestApp } from '../support/harness.js';
import { generate, type Generated } from './generated.js';
import { Dice } from './generator.js';

const SEED = 20_261_124;
const DAYS = 9;
const CHANGES_A_DAY = 240;
const AT_ONCE = 8;

let t: TestApp;
let world: Generated;
const dice = new Dice(SEED);

beforeAll(async () => {
  t = await startApp();
  world = await generate(t, SEED, 120);
}, 120_000);
afterAll(() => t?.close());

type Question = ReportFilters & { groupBy: LeadGrouping; thenBy?: LeadGrouping };

/** Asked of the roll-up each time: drawn anew from all questions. */
const ASKED = 45;

/** Every grouping alone, and every two, with every filter that a roll-up may answer. */
function questions(): Question[] {
  const filters: ReportFilters[] = [
    {},
    { kind: 'secondary' },
    { stage: ['enquiry', 'lost'] },
    { ownerId: world.owners[0] },
    { ownerId: 'none' },
    { source: 'enquiry' },
    { roundId: world.rounds[0]!.id },
    { clusterId: world.clusters[1] },
    { source: 'round', kind: 'infrastructure', ownerId: world.owners[1] },
  ];
  const groupings = LEAD_GROUPINGS.flatMap((groupBy) => [
    { groupBy },
    ...LEAD_GROUPINGS.filter((thenBy) => thenBy !== groupBy).map((thenBy) => ({ groupBy, thenBy })),
  ]);
  return groupings.flatMap((grouping) => filters.map((filter) => ({ ...filter, ...grouping })));
}

/** Some of the questions that the roll-up answers, others each time. */
function someQuestions(): Question[] {
  const answerable = questions().filter((question) => statementFor(question).statement !== null);
  return Array.from({ length: ASKED }, () => answerable.splice(dice.int(0, answerable.length - 1), 1)[0]!);
}

function statementFor({ groupBy, ...filters }: Question) {
  const scope = t.get(ReportScopes).resolve(filters, groupBy, 'vi');
  const section = pipelineSection(scope);
  return { section, statement: rolledPipeline(scope, section) };
}

/** Without groups that hold nothing and sums over nothing: how each way says that there is none. */
function plain({ groups, totals }: Tallied): unknown {
  const figures = (tallies: Tallies) =>
    Object.entries(tallies)
      .filter(([, { count }]) => count !== 0)
      .map(([name, { count, sum }]) => [name, count, name.endsWith('.unknown') ? null : sum])
      .sort();
  return [
    groups
      .map(({ key, labels, places, tallies }) => [key, labels, places, figures(tallies)])
      .sort(([a], [b]) => String(a).localeCompare(String(b))),
    figures(totals),
  ];
}

/** The roll-up's answer beside that of the leads themselves; null when only the leads can answer. */
async function bothWays(question: Question): Promise<{ rolled: unknown; rows: unknown } | null> {
  const { section, statement } = statementFor(question);
  if (!statement) return null;
  const reader = t.get(CellReader);
  return {
    rolled: plain(await reader.fold(section, statement)),
    rows: plain(await reader.tally(section)),
  };
}

const SECTORS = ['Dệt may', 'Điện tử', '100% tre ~ gỗ', null];
const STAGES = ['enquiry', 'qualified', 'site_visit', 'operating', 'lost', 'dormant'];

/** One change as any part of the product may make it, some of them to many leads at once. */
async function changeSomething(): Promise<void> {
  const lead = dice.pick(world.leads).id;
  const [cluster, owner] = [dice.pick(world.clusters), dice.pick([...world.owners, null])];
  const run = (statement: string, params: unknown[]) => t.db.execute(statement, params);
  const changes: (() => Promise<unknown>)[] = [
    () => {
      const stage = dice.pick(STAGES);
      return run(
        `UPDATE lead SET stage = $2::text, stage_since = $3, stage_before_exit = CASE WHEN $2::text IN ('lost', 'dormant') THEN 'enquiry' END,
                lost_reason = CASE WHEN $2::text = 'lost' THEN 'land_price' END, wake_on = CASE WHEN $2::text = 'dormant' THEN date '2030-01-01' END WHERE id = $1`,
        [lead, stage, t.clock.now()],
      );
    },
    () => run(`UPDATE lead SET owner_id = $2 WHERE id = $1`, [lead, owner]),
    () =>
      run(`UPDATE lead SET area_ha = $2, jobs_promised = $3 WHERE id = $1`, [
        lead,
        dice.int(0, 900) / 4,
        dice.chance(0.3) ? null : dice.int(0, 500),
      ]),
    () =>
      run(
        `UPDATE lead SET committed_amount = $2::numeric, committed_currency = CASE WHEN $2::numeric IS NOT NULL THEN $3::text END WHERE id = $1`,
        [lead, dice.chance(0.3) ? null : `${dice.int(1, 9_000_000)}.25`, dice.pick(['VND', 'USD'])],
      ),
    () =>
      run(
        `INSERT INTO lead_cluster (lead_id, cluster_id, position) VALUES ($1, $2, 9) ON CONFLICT DO NOTHING`,
        [lead, cluster],
      ),
    () => run(`DELETE FROM lead_cluster WHERE lead_id = $1 AND cluster_id = $2`, [lead, cluster]),
    () => run(`UPDATE lead SET sector = $2 WHERE id = $1`, [lead, dice.pick(SECTORS)]),
    () => run(`UPDATE lead SET last_activity_at = $2 WHERE id = $1`, [lead, t.clock.now()]),
    () =>
      run(
        `INSERT INTO lead (id, reference, firm_id, kind, stage, source, stage_since, opened_at, last_activity_at, created_at, updated_at)
         SELECT $1, $2, firm_id, kind, 'enquiry', 'enquiry', $3, $3, $3, $3, $3 FROM lead WHERE id = $4`,
        [newId(), `R-${newId()}`, t.clock.now(), lead],
      ),
  ];
  if (dice.chance(0.02))
    changes.push(() =>
      run(`UPDATE firm SET country = $1 WHERE id IN (SELECT firm_id FROM lead WHERE id = $2)`, [
        dice.pick(['CN', 'KR', 'VN']),
        lead,
      ]),
    );
  if (dice.chance(0.01))
    changes.push(() =>
      run(
        `UPDATE cluster SET planning_district_id = (SELECT id FROM planning_district ORDER BY md5(id::text || $2) LIMIT 1) WHERE id = $1`,
        [cluster, String(dice.int(0, 99))],
      ),
    );
  const chosen = dice.chance(0.2)
    ? [dice.pick(changes), dice.pick(changes)]
    : [dice.chance(0.05) ? changes.at(-1)! : dice.pick(changes)];
  await t.db
    .transaction(async () => {
      for (const change of chosen) await change();
      if (dice.chance(0.05)) throw new Error('taken back');
    })
    .catch((error: Error & { code?: string }) => {
      // two at once may lock each other out: one of them is taken back whole, as in use
      if (error.message !== 'taken back' && error.code !== '40P01') throw error;
    });
}

async function oneDay(): Promise<void> {
  for (let done = 0; done < CHANGES_A_DAY; done += AT_ONCE) {
    await Promise.all([
      ...Array.from({ length: AT_ONCE }, changeSomething),
      ...(dice.chance(0.1) ? [t.get(LeadCells).fold()] : []),
    ]);
  }
}

describe('the roll-up', () => {
  const seen = new Map<string, { question: Question; rows: unknown }[]>();

  it(`equals the leads after each of ${DAYS} days with ${CHANGES_A_DAY} changes, several at once`, async () => {
    for (let day = 0; day < DAYS; day++) {
      await oneDay();
      const asked: { question: Question; rows: unknown }[] = [];
      for (const question of someQuestions()) {
        const both = await bothWays(question);
        expect([question, both!.rolled]).toEqual([question, both!.rows]);
        asked.push({ question, rows: both!.rows });
      }
      seen.set(t.clock.today(), asked);
      t.clock.advance((dice.chance(0.3) ? 20 : 1) * 86_400_000);
    }
  }, 300_000);

  it.each(['with changes waiting', 'with all folded'])(
    'shows of a past day what it showed then, %s',
    async (state) => {
      if (state === 'with all folded') {
        await t.get(LeadCells).fold();
        const [waiting] = await t.db.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM lead_version WHERE pending <> 0`,
        );
        expect(waiting!.n).toBe(0);
      }
      expect(seen.size).toBe(DAYS);
      for (const [asOf, asked] of seen)
        for (const { question, rows } of asked) {
          const both = await bothWays({ ...question, asOf });
          expect([asOf, question, both!.rolled]).toEqual([asOf, question, rows]);
          expect([asOf, question, both!.rows]).toEqual([asOf, question, rows]);
        }
    },
    300_000,
  );

  it('answers every two groupings but cluster and planning district, one of which says the other', () => {
    const alone = questions().filter((question) =>
      Object.keys(question).every((name) => name === 'groupBy' || name === 'thenBy'),
    );
    const onlyRows = alone.filter((question) => statementFor(question).statement === null);
    expect(alone).toHaveLength(LEAD_GROUPINGS.length ** 2);
    expect(onlyRows).toEqual([
      { groupBy: 'cluster', thenBy: 'planningDistrict' },
      { groupBy: 'planningDistrict', thenBy: 'cluster' },
    ]);
  });

  it('is added up anew where months begin elsewhere', async () => {
    await t.db.execute(`UPDATE report_zone SET name = 'America/Lima'`);
    await t.get(LeadCells).settleZone();
    await t.get(LeadCells).fold();
    for (const question of someQuestions()) {
      const both = await bothWays(question);
      expect([question, both!.rolled]).toEqual([question, both!.rows]);
    }
  }, 120_000);

  it('is the same when a version is made anew for every lead', async () => {
    await t.db.query(`SELECT rebuild_lead_versions()`);
    for (const question of someQuestions()) {
      const both = await bothWays(question);
      expect([question, both!.rolled]).toEqual([question, both!.rows]);
    }
  }, 120_000);
});
