import { describe, expect, it } from '@jest/globals';
import { addDecimals } from '../../src/modules/reports/decimals.rules.js';
import type {
  AgeingReport,
  FollowUpReport,
  PipelineReport,
  RoundsReport,
  TargetsReport,
} from '../../src/modules/reports/reports.dto.js';
import { daysApart, plusDays } from '../../src/platform/calendar/days.rules.js';
import type { GeneratedLead } from './generated.js';
import { reporting } from './reporting.js';

const PAST = '2026-01-10';

const on = reporting(20_260_302, 240);

/** Where a lead stood at the end of a day, worked out without SQL. */
function stepOn({ steps }: GeneratedLead, day: string, basis: 'recorded' | 'happened') {
  return steps.filter(({ on, recorded }) => (basis === 'recorded' ? recorded : on) <= day).at(-1);
}

describe('known answers', () => {
  it.each(['recorded', 'happened'] as const)('the pipeline of a past day by what was %s', async (basis) => {
    const found = await on.report<PipelineReport>(`pipeline?asOf=${PAST}&basis=${basis}`);
    const expected: Record<string, { count: number; sums: Record<string, string[]> }> = {};
    for (const lead of on.world.leads) {
      const step = stepOn(lead, PAST, basis);
      if (!step) continue;
      const group = (expected[`${lead.kind}~${step.to}`] ??= { count: 0, sums: {} });
      group.count += 1;
      if (lead.committed) (group.sums[lead.committed.currency] ??= []).push(lead.committed.amount);
    }
    const shown = found.groups.filter(({ figures }) => figures.count.value > 0);
    expect(Object.fromEntries(shown.map(({ key, figures }) => [key, figures.count.value]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, { count }]) => [key, count])),
    );
    for (const { key, figures } of shown) {
      const sums = Object.fromEntries(
        figures.committed.sums.map(({ value }) => [value.currency, addDecimals([value.amount])]),
      );
      expect([key, sums]).toEqual([
        key,
        Object.fromEntries(
          Object.entries(expected[key]!.sums).map(([currency, all]) => [currency, addDecimals(all)]),
        ),
      ]);
    }
  });

  it('shows empty stages in the order of the way, the exits behind them', async () => {
    const { groups } = await on.report<PipelineReport>('pipeline?kind=infrastructure&from=2026-03-02');
    expect(groups.map(({ value }) => value).slice(0, 9)).toEqual([
      'enquiry',
      'qualified',
      'site_visit',
      'proposal',
      'dossier_filed',
      'appraisal',
      'approved',
      'construction',
      'operating',
    ]);
  });

  it('ages open leads by the days in their stage', async () => {
    const found = await on.report<AgeingReport>(`ageing?asOf=${PAST}&basis=happened`);
    const spans = [0, 0, 0, 0];
    for (const lead of on.world.leads) {
      const step = stepOn(lead, PAST, 'happened');
      if (!step || step.to === 'lost' || step.to === 'operating') continue;
      const days = daysApart(step.on, PAST);
      spans[days <= 7 ? 0 : days <= 30 ? 1 : days <= 90 ? 2 : 3]! += 1;
    }
    const { days0To7, days8To30, days31To90, days91, count } = found.totals;
    expect([days0To7, days8To30, days31To90, days91].map(({ value }) => value)).toEqual(spans);
    expect(count.value).toBe(spans.reduce((a, b) => a + b));
  });

  it('stale is what the lead list calls stale', async () => {
    const found = await on.report<AgeingReport>('ageing');
    const list = await on.manager.get<{ total: number }>('/api/v1/leads?stale=true&limit=1');
    expect(found.totals.stale.value).toBe(list.body.total);
  });

  it('every reminder is in exactly one state', async () => {
    const { totals, groups } = await on.report<FollowUpReport>('follow-up');
    const states = [
      'onTime',
      'late',
      'delivering',
      'notDelivered',
      'waiting',
      'overdue',
      'missed',
      'skipped',
      'stopped',
      'cancelled',
    ] as const;
    for (const figures of [totals, ...groups.map((group) => group.figures)]) {
      expect(states.reduce((sum, state) => sum + figures[state].value, 0)).toBe(figures.planned.value);
      for (const [whole, parts] of [
        ['skipped', 'skippedBy'],
        ['stopped', 'stoppedBy'],
        ['cancelled', 'cancelledBy'],
        ['answered', 'answers'],
      ] as const) {
        expect(figures[parts].reduce((sum, { value }) => sum + value, 0)).toBe(figures[whole].value);
      }
    }
    for (const state of states) expect([state, totals[state].value]).toEqual([state, expect.any(Number)]);
    expect(totals.late.value).toBeGreaterThan(0);
    expect(totals.missed.value).toBeGreaterThan(0);
  });

  it('the service standard is the distribution with those still waiting', async () => {
    const { serviceStandard } = await on.report<FollowUpReport>('follow-up');
    const enquiries = on.world.leads.filter(({ source }) => source === 'enquiry');
    const hours = enquiries.flatMap(({ acknowledgedHours }) => acknowledgedHours ?? []).sort((a, b) => a - b);
    const at = (share: number) => {
      const place = share * (hours.length - 1);
      const [low, high] = [hours[Math.floor(place)]!, hours[Math.ceil(place)]!];
      return Math.round((low + (high - low) * (place - Math.floor(place))) * 100) / 100;
    };
    const { done, outstanding, median, p90, max } = serviceStandard.acknowledgement;
    expect({
      enquiries: serviceStandard.enquiries.value,
      done: done.value,
      outstanding: outstanding.value,
      median,
      p90,
      max,
    }).toEqual({
      enquiries: enquiries.length,
      done: hours.length,
      outstanding: enquiries.length - hours.length,
      median: at(0.5),
      p90: at(0.9),
      max: hours.at(-1),
    });
  });

  it('a round is credited with what its leads first reached since it began, by the check day', async () => {
    const { groups } = await on.report<RoundsReport>('rounds');
    for (const { id, startsOn, closedOn } of on.world.rounds) {
      const { figures, costPerQualifiedLead, budget } = groups.find(({ roundId }) => roundId === id)!;
      const reached = on.world.leads
        .filter(({ roundId }) => roundId === id)
        .flatMap(
          ({ steps }) => steps.find(({ to }) => !['enquiry', 'lost', 'dormant'].includes(to))?.on ?? [],
        )
        .filter((on) => on >= startsOn);
      expect(figures.qualified.value).toBe(reached.length);
      expect(figures.leads.value).toBe(on.world.leads.filter(({ roundId }) => roundId === id).length);
      for (const { day, value, reason } of figures.qualified.atDays) {
        const until = closedOn && plusDays(closedOn, day);
        if (until === null) expect([value, reason]).toEqual([null, 'round_open']);
        else if (until > on.t.clock.today()) expect([value, reason]).toEqual([null, 'not_yet']);
        else expect([value, reason]).toEqual([reached.filter((on) => on <= until).length, null]);
      }
      if (budget === null) expect(costPerQualifiedLead).toEqual({ value: null, reason: 'no_budget' });
      else
        expect(Number(costPerQualifiedLead.value!.amount)).toBeCloseTo(
          Number(budget.amount) / reached.length,
          2,
        );
    }
  });

  it('a target that nobody measured is unknown, with the reason, and never zero', async () => {
    const { groups, totals } = await on.report<TargetsReport>('targets');
    expect(
      groups
        .filter(({ measuredBy }) => measuredBy === 'hand')
        .map(({ figures }) => [figures.value, figures.reason]),
    ).toEqual(groups.filter(({ measuredBy }) => measuredBy === 'hand').map(() => [null, 'nothing_reported']));
    expect(totals.reached + totals.notReached + totals.unknown).toBe(totals.targets);
  });
});
