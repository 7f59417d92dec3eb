import { describe, expect, it } from '@jest/globals';
import type { PipelineReport } from '../../src/modules/reports/reports.dto.js';
import { LEAD_GROUPINGS } from '../../src/modules/reports/report-query.dto.js';
import { plusDays } from '../../src/platform/calendar/days.rules.js';
import { expectPartsToSumUp, openAll } from './opened.js';
import { reporting } from './reporting.js';

const on = reporting(20_260_302, 150);

describe('every figure equals its rows', () => {
  it.each([
    ...LEAD_GROUPINGS,
    'sector&thenBy=country',
    'cluster&thenBy=month',
    'planningDistrict&thenBy=cluster',
  ])('pipeline by %s', async (groupBy) => {
    const found = await on.report<PipelineReport>(`pipeline?groupBy=${groupBy}`);
    expect(await openAll(on.manager, found)).toBeGreaterThan(20);
    expect(found.totals.count.value).toBe(on.world.leads.length);
  });

  it.each([
    'pipeline?asOf=2026-01-10&groupBy=cluster',
    'pipeline?asOf=2026-01-10&basis=happened',
    'pipeline?stage=qualified,lost&kind=secondary&groupBy=owner',
    'pipeline?from=2025-09-01&to=2025-12-31&ownerId=none',
    'pipeline?q=cong%20ty&unanswered=true',
    'pipeline?asOf=2026-01-10&groupBy=sector&thenBy=cluster&kind=infrastructure',
    'pipeline?asOf=2026-01-10&basis=happened&groupBy=country&thenBy=stage&source=enquiry',
    'ageing?groupBy=country&thenBy=sector&kind=infrastructure',
    'ageing',
    'ageing?groupBy=owner&asOf=2026-01-10',
    'ageing?stale=true&groupBy=planningDistrict',
    'follow-up',
    'follow-up?groupBy=round&from=2025-06-01&to=2025-12-31',
    'follow-up?groupBy=step&asOf=2026-01-10&kind=infrastructure',
    'rounds',
    'rounds?asOf=2026-01-10&kind=secondary',
    'targets',
  ])('%s', async (path) => {
    expect(await openAll(on.manager, await on.report(path))).toBeGreaterThan(2);
  });
});

describe('the parts sum to the whole', () => {
  it.each([
    'pipeline',
    'pipeline?groupBy=owner&asOf=2026-01-10',
    'pipeline?groupBy=source',
    'pipeline?groupBy=kind',
    'pipeline?groupBy=kind&thenBy=sector&asOf=2026-01-10',
    'pipeline?groupBy=sector&thenBy=country&q=cong',
    'ageing?groupBy=sector&thenBy=country',
    'pipeline?groupBy=month',
    'pipeline?groupBy=round&kind=secondary',
    'ageing',
    'ageing?groupBy=source&asOf=2026-01-10',
    'follow-up',
    'follow-up?groupBy=owner',
    'follow-up?groupBy=step&asOf=2026-01-10',
    'follow-up?groupBy=round',
  ])('%s', async (path) => {
    expectPartsToSumUp(await on.report(path));
  });

  it('a lead of several clusters counts in each, and once in the total, and the report says so', async () => {
    const found = await on.report<PipelineReport>('pipeline?groupBy=cluster');
    const memberships = on.world.leads.reduce(
      (sum, { clusterIds }) => sum + Math.max(1, clusterIds.length),
      0,
    );
    expect(found.groups.reduce((sum, { figures }) => sum + figures.count.value, 0)).toBe(memberships);
    expect(found.totals.count.value).toBe(on.world.leads.length);
    expect(found.notes.map(({ code }) => code)).toEqual(['counted_in_each_group']);
  });

  it('of two groupings each first group is the sum of its parts', async () => {
    const whole = await on.report<PipelineReport>('pipeline?groupBy=cluster');
    for (const thenBy of LEAD_GROUPINGS.filter((one) => one !== 'cluster')) {
      const parts = await on.report<PipelineReport>(`pipeline?groupBy=cluster&thenBy=${thenBy}`);
      const summed = new Map<string, number>();
      for (const { kind, value, figures, second, key } of parts.groups) {
        expect(key.split('~')).toHaveLength(3);
        expect(second!.label).not.toBe('');
        summed.set(
          `${kind}~${value ?? '-'}`,
          (summed.get(`${kind}~${value ?? '-'}`) ?? 0) + figures.count.value,
        );
      }
      expect([thenBy, [...summed].sort()]).toEqual([
        thenBy,
        whole.groups.map(({ key, figures }) => [key, figures.count.value]).sort(),
      ]);
      expect(parts.totals.count.value).toBe(whole.totals.count.value);
    }
  });

  it('two clusters of one planning district count once in it', async () => {
    const found = await on.report<PipelineReport>('pipeline?groupBy=planningDistrict');
    const both = on.world.leads.filter(
      ({ clusterIds }) =>
        clusterIds.includes(on.world.clusters[0]!) || clusterIds.includes(on.world.clusters[1]!),
    );
    const district = found.groups.filter(({ label }) => label === 'Huyện mẫu 0');
    expect(district.reduce((sum, { figures }) => sum + figures.count.value, 0)).toBe(both.length);
  });
});

describe('a past day', () => {
  it('shows what the report showed at its end, after a day on which leads moved', async () => {
    const paths = [
      'pipeline',
      'pipeline?groupBy=cluster',
      'ageing',
      'ageing?groupBy=owner',
      'rounds',
      'targets',
    ];
    const figuresOf = (found: { groups: { key: string; figures: unknown }[]; totals: unknown }) =>
      JSON.parse(
        JSON.stringify([found.groups.map(({ key, figures }) => [key, figures]), found.totals]),
        (key, value) => (key === 'rows' ? undefined : value),
      ) as unknown;
    const [day, now] = [on.t.clock.today(), on.t.clock.now()];
    on.t.clock.set(new Date(on.t.clock.startOf(plusDays(day, 1)).getTime() - 1));
    const seen = await Promise.all(paths.map((path) => on.report<PipelineReport>(path)));
    on.t.clock.advance(2 * 86_400_000);
    await moveSomeLeads();
    const again = await Promise.all(
      paths.map((path) => on.report<PipelineReport>(`${path}${path.includes('?') ? '&' : '?'}asOf=${day}`)),
    );
    expect(again.map(figuresOf)).toEqual(seen.map(figuresOf));
    expect((await on.report<PipelineReport>('pipeline')).groups).not.toEqual(seen[0]!.groups);
    for (const found of again) await openAll(on.manager, found.totals);
    on.t.clock.set(now);
  });

  async function moveSomeLeads(): Promise<void> {
    const moved = on.world.leads.filter(({ steps }) => steps.at(-1)!.to === 'enquiry').slice(0, 5);
    expect(moved).toHaveLength(5);
    for (const { id } of moved) {
      const admin = await on.t.http.as('admin');
      const { status, text } = await admin.post(`/api/v1/leads/${id}/stage`, {
        to: 'qualified',
        on: on.t.clock.today(),
        note: 'đã xác minh',
      });
      expect([status < 300, text]).toEqual([true, text]);
    }
  }
});
