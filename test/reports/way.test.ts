import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ConversionFigures, ConversionReport } from '../../src/modules/reports/way/conversion.dto.js';
import type { StageTimesFigures, StageTimesReport } from '../../src/modules/reports/way/stage-times.dto.js';
import { daysApart } from '../../src/platform/calendar/days.rules.js';
import { open, openAll } from './opened.js';
import { reporting } from './reporting.js';
import type { GeneratedLead, Step } from './generated.js';

const SEED = 20_260_302;
const PAST = '2026-01-10';
const on = reporting(SEED, 260);

const WAYS = {
  infrastructure: [
    'enquiry',
    'qualified',
    'site_visit',
    'proposal',
    'dossier_filed',
    'appraisal',
    'approved',
    'construction',
    'operating',
  ],
  secondary: [
    'enquiry',
    'qualified',
    'site_visit',
    'memorandum',
    'licensing',
    'land_leased',
    'construction',
    'operating',
  ],
};
type Basis = 'recorded' | 'happened';
type Kind = keyof typeof WAYS;

/** What a day knows of a lead. */
const stepsOn = ({ steps }: GeneratedLead, day: string, basis: Basis): Step[] =>
  steps.filter(({ on: happened, recorded }) => (basis === 'recorded' ? recorded : happened) <= day);

/** As `percentile_cont`, rounded to one decimal. */
function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 10 + 1e-9) / 10;
}

/** The conversion of some leads, worked out without SQL. */
function conversionOf(kind: Kind, leads: readonly GeneratedLead[], day: string, basis: Basis) {
  const way = WAYS[kind];
  const seen = leads.map((lead) => {
    const steps = stepsOn(lead, day, basis);
    const places = steps.map(({ to }) => way.indexOf(to));
    const fate = places.includes(way.length - 1) ? 'finished' : steps.at(-1)!.to === 'lost' ? 'lost' : 'open';
    const daysTo = way.map((_, place) => {
      const first = steps
        .filter((__, index) => places[index]! >= place)
        .map(({ on: happened }) => happened)
        .sort()[0];
      return first === undefined ? null : daysApart(lead.openedOn, first);
    });
    return { fate, daysTo };
  });
  return {
    cohort: seen.length,
    open: seen.filter(({ fate }) => fate === 'open').length,
    finished: seen.filter(({ fate }) => fate === 'finished').length,
    lost: seen.filter(({ fate }) => fate === 'lost').length,
    stages: way.map((code, place) => {
      const days = seen.flatMap(({ daysTo }) => daysTo[place] ?? []);
      const mayReach = seen.filter(({ fate, daysTo }) => fate === 'open' && daysTo[place] === null);
      return [code, days.length, mayReach.length, quantile(days, 0.5)];
    }),
  };
}

const plainly = ({ cohort, open: under, finished, lost, stages }: ConversionFigures) => ({
  cohort: cohort.value,
  open: under.value,
  finished: finished.value,
  lost: lost.value,
  stages: stages.map(({ code, reached, open: mayReach, medianDays }) => [
    code,
    reached.value,
    mayReach.value,
    medianDays,
  ]),
});

describe('conversion', () => {
  it.each([
    ['now', '2026-03-02', 'recorded'],
    ['a past day, as recorded', PAST, 'recorded'],
    ['a past day, as it happened', PAST, 'happened'],
  ] as const)('%s: each cohort and each kind as worked out by hand', async (_, day, basis) => {
    const found = await on.report<ConversionReport>(`conversion?asOf=${day}&basis=${basis}`);
    const known = on.world.leads.filter(
      (lead) => lead.openedOn <= day && stepsOn(lead, day, basis).length > 0,
    );
    const cohorts = new Map<string, GeneratedLead[]>();
    for (const lead of known) {
      const key = `${lead.kind}~${lead.openedOn.slice(0, 7)}`;
      cohorts.set(key, [...(cohorts.get(key) ?? []), lead]);
    }
    expect(found.groups.map(({ key }) => key)).toEqual([...cohorts.keys()].sort());
    for (const { key, kind, figures } of found.groups)
      expect([key, plainly(figures)]).toEqual([key, conversionOf(kind, cohorts.get(key)!, day, basis)]);
    for (const { kind, figures } of found.totals)
      expect(plainly(figures)).toEqual(
        conversionOf(
          kind,
          known.filter((lead) => lead.kind === kind),
          day,
          basis,
        ),
      );
  });

  it('a percentage is of those of the stage before, and of all; under ten cases there is none, and it says why', async () => {
    const found = await on.report<ConversionReport>('conversion');
    let [told, untold] = [0, 0];
    for (const { figures } of [...found.groups, ...found.totals])
      figures.stages.forEach(({ reached, ofPrevious, ofCohort }, index) => {
        const before = index === 0 ? null : figures.stages[index - 1]!.reached.value;
        expect(ofPrevious?.of ?? null).toBe(before);
        expect(ofCohort.of).toBe(figures.cohort.value);
        for (const share of [ofPrevious, ofCohort]) {
          if (share === null) continue;
          if (share.of < 10) expect(share).toEqual({ value: null, of: share.of, reason: 'fewer_than_ten' });
          else
            expect([share.value, share.reason]).toEqual([
              Math.round((reached.value * 1000) / share.of) / 10,
              null,
            ]);
          if (share.value === null) untold += 1;
          else told += 1;
        }
      });
    expect(told).toBeGreaterThan(20);
    expect(untold).toBeGreaterThan(20);
  });

  it.each([
    'conversion?kind=secondary&from=2025-11-01',
    `conversion?asOf=${PAST}&basis=happened&kind=infrastructure&from=2025-12-01`,
  ])('every figure opens its rows: %s', async (path) => {
    expect(await openAll(on.manager, await on.report(path))).toBeGreaterThan(20);
  });

  it('the rows of a stage carry the days, whose median the report shows', async () => {
    const { totals } = await on.report<ConversionReport>(`conversion?asOf=${PAST}`);
    for (const { figures } of totals)
      for (const { reached, medianDays } of figures.stages.slice(1)) {
        const { items } = await open(on.manager, reached.rows);
        expect([
          reached.rows,
          quantile(
            items.map(({ value }) => Number(value)),
            0.5,
          ),
        ]).toEqual([reached.rows, medianDays]);
      }
  });
});

/** The stays of some leads in the groups `kind~stage`, worked out without SQL. */
function staysOf(leads: readonly GeneratedLead[], day: string, basis: Basis) {
  const groups = new Map<string, Record<'finished' | 'waiting', number[]>>();
  for (const lead of leads) {
    if (lead.openedOn > day) continue;
    const steps = stepsOn(lead, day, basis);
    steps.forEach(({ to, on: since }, index) => {
      const next = steps[index + 1];
      if (!next && (to === 'lost' || to === 'operating')) return;
      const key = `${lead.kind}~${to}`;
      const group = groups.get(key) ?? { finished: [], waiting: [] };
      group[next ? 'finished' : 'waiting'].push(daysApart(since, next ? next.on : day));
      groups.set(key, group);
    });
  }
  return groups;
}

const spread = (days: readonly number[]) => [
  days.length,
  quantile(days, 0.5),
  quantile(days, 0.9),
  days.length > 0 ? Math.max(...days) : null,
];
const spreadsIn = ({ finished, waiting }: StageTimesFigures) =>
  [finished, waiting].map(({ count, median, p90, max }) => [count.value, median, p90, max]);

describe('time in stage', () => {
  it.each([
    ['now', '2026-03-02', 'recorded'],
    ['a past day, as recorded', PAST, 'recorded'],
    ['a past day, as it happened', PAST, 'happened'],
  ] as const)('%s: each stage and each kind as worked out by hand', async (_, day, basis) => {
    const found = await on.report<StageTimesReport>(`stage-times?asOf=${day}&basis=${basis}`);
    const groups = staysOf(on.world.leads, day, basis);
    expect(found.groups.map(({ key }) => key).sort()).toEqual([...groups.keys()].sort());
    for (const { key, figures } of found.groups) {
      const { finished, waiting } = groups.get(key)!;
      expect([key, spreadsIn(figures)]).toEqual([key, [spread(finished), spread(waiting)]]);
    }
    for (const { kind, figures } of found.totals) {
      const own = [...groups].filter(([key]) => key.startsWith(kind)).map(([, stays]) => stays);
      expect([kind, spreadsIn(figures)]).toEqual([
        kind,
        [spread(own.flatMap(({ finished }) => finished)), spread(own.flatMap(({ waiting }) => waiting))],
      ]);
    }
  });

  it('stands in the order of the way, the exits behind it', async () => {
    const { groups } = await on.report<StageTimesReport>('stage-times?kind=secondary');
    const way = [...WAYS.secondary, 'lost', 'dormant'];
    const places = groups.map(({ value }) => way.indexOf(value!));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it.each(['owner', 'cluster', 'round', 'sector'])(
    'by stage and %s: rows open, and carry the days',
    async (thenBy) => {
      const found = await on.report<StageTimesReport>(
        `stage-times?thenBy=${thenBy}&kind=infrastructure&source=enquiry`,
      );
      expect(await openAll(on.manager, found)).toBeGreaterThan(5);
      for (const { figures } of [...found.groups.slice(0, 6), ...found.totals])
        for (const { count, median, p90, max } of [figures.finished, figures.waiting]) {
          const days = (await open(on.manager, count.rows)).items.map(({ value }) => Number(value));
          expect([count.rows, count.value, median, p90, max]).toEqual([count.rows, ...spread(days)]);
        }
    },
  );
});

describe('CSV', () => {
  const read = async (path: string): Promise<Record<string, string>[]> => {
    const { text } = await on.manager.get(`/api/v1/reports/${path}format=csv`, { 'accept-language': 'en' });
    return parse(text, { bom: true, columns: true });
  };
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(value);

  it('of conversion has a line for each cohort and stage, as the report has them', async () => {
    const report = (
      await on.manager.get<ConversionReport>('/api/v1/reports/conversion', { 'accept-language': 'en' })
    ).body;
    const lines = await read('conversion?');
    const expected = report.totals.flatMap(({ kind, kindLabel, figures }) => [
      ...report.groups
        .filter((group) => group.kind === kind)
        .flatMap((group) => linesOf(kindLabel, group.month, group.figures)),
      ...linesOf(kindLabel, 'All months', figures),
    ]);
    expect(lines.map((line) => Object.values(line))).toEqual(expected);
    expect(lines.some((line) => line['Why no percentage'] === 'fewer than ten cases')).toBe(true);
  });

  const linesOf = (kind: string, month: string, { cohort, open: under, lost, stages }: ConversionFigures) =>
    stages.map(({ label, reached, open: mayReach, ofPrevious, ofCohort, medianDays }) => [
      kind,
      month,
      label,
      ...[cohort.value, under.value, lost.value, reached.value, mayReach.value].map(cell),
      ...[ofPrevious?.value, ofPrevious?.of, ofCohort.value].map(cell),
      (ofPrevious ?? ofCohort).reason === null ? '' : 'fewer than ten cases',
      cell(medianDays),
    ]);

  it('of stage times has a line for each group, as the report has them', async () => {
    const report = (
      await on.manager.get<StageTimesReport>('/api/v1/reports/stage-times?thenBy=owner', {
        'accept-language': 'en',
      })
    ).body;
    const lines = (await read('stage-times?thenBy=owner&')).map((line) => Object.values(line));
    const figures = (all: StageTimesFigures) => spreadsIn(all).flat().map(cell);
    for (const group of report.groups) {
      const name = group.second!.label.startsWith('=') ? `'${group.second!.label}` : group.second!.label;
      expect(lines).toContainEqual([group.kindLabel, group.label, name, ...figures(group.figures)]);
    }
    for (const total of report.totals)
      expect(lines).toContainEqual([total.kindLabel, 'All stages', '', ...figures(total.figures)]);
    expect(lines).toHaveLength(report.groups.length + report.totals.length);
  });
});
