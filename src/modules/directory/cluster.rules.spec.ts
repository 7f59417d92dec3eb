import { describe, expect, it } from '@jest/globals';
import { CLUSTER_STATUSES, type ClusterStatus } from './cluster.entity.js';
import {
  assertStatusMove,
  CLUSTER_MOVES,
  freeLand,
  investorsWanted,
  landFaults,
  occupancyRate,
  provenUtilities,
  type StatusMove,
} from './cluster.rules.js';

const land = { areaHa: 70, industrialLandHa: 50, occupiedHa: 20, leasedHa: 15 };

describe('occupancy (Decree 32/2024 art. 2.7)', () => {
  it('is occupied land by industrial land; leased land plays no part', () => {
    expect(occupancyRate(land, ['detailed_plan_approved'])).toEqual({ rate: 0.4, reason: null });
    expect(occupancyRate({ ...land, leasedHa: null }, ['detailed_plan_approved'])).toEqual({
      rate: 0.4,
      reason: null,
    });
  });

  it('is undefined, not zero, before the detailed plan is approved', () => {
    expect(occupancyRate({ ...land, occupiedHa: 0 }, ['land_cleared'])).toEqual({
      rate: null,
      reason: 'no_detailed_plan',
    });
  });

  it('is undefined without industrial land', () => {
    for (const industrialLandHa of [null, 0]) {
      expect(occupancyRate({ ...land, industrialLandHa }, ['detailed_plan_approved']).reason).toBe(
        'no_industrial_land',
      );
    }
  });

  it('tells an unreported area from an empty cluster', () => {
    expect(occupancyRate({ ...land, occupiedHa: null }, ['detailed_plan_approved'])).toEqual({
      rate: null,
      reason: 'not_reported',
    });
    expect(occupancyRate({ ...land, occupiedHa: 0 }, ['detailed_plan_approved'])).toEqual({
      rate: 0,
      reason: null,
    });
  });

  it('keeps four decimals', () => {
    expect(
      occupancyRate({ ...land, industrialLandHa: 30, occupiedHa: 10 }, ['detailed_plan_approved']).rate,
    ).toBe(0.3333);
  });
});

describe('areas', () => {
  it('nest: leased in occupied in industrial in whole', () => {
    expect(landFaults(land)).toEqual([]);
    expect(landFaults({ areaHa: 40, industrialLandHa: 50, occupiedHa: 60, leasedHa: 70 })).toEqual([
      { path: 'industrialLandHa', code: 'more_than_area' },
      { path: 'occupiedHa', code: 'more_than_industrial_land' },
      { path: 'leasedHa', code: 'more_than_occupied' },
    ]);
  });

  it('a part needs its whole', () => {
    expect(landFaults({ areaHa: null, industrialLandHa: null, occupiedHa: null, leasedHa: 1 })).toEqual([
      { path: 'occupiedHa', code: 'needs_occupied' },
    ]);
  });
});

const move = (changes: Partial<StatusMove>): StatusMove => ({
  from: 'planned',
  to: 'calling_for_investor',
  on: '2026-03-01',
  note: null,
  since: null,
  today: '2026-03-02',
  ...changes,
});

function refusal(changes: Partial<StatusMove>): string | null {
  try {
    assertStatusMove(move(changes));
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('status moves', () => {
  const order = CLUSTER_STATUSES.filter((status) => status !== 'dropped');

  it('follow the legal order step by step', () => {
    for (const [index, from] of order.slice(0, -1).entries()) {
      expect(refusal({ from, to: order[index + 1]! })).toBeNull();
      for (const to of order.slice(index + 2))
        expect(refusal({ from, to, note: 'why' })).toBe('cluster_status_not_allowed');
    }
  });

  it('go back only with a note', () => {
    for (const from of CLUSTER_STATUSES) {
      for (const to of CLUSTER_MOVES[from].back) {
        expect(refusal({ from, to })).toBe('cluster_status_back_needs_note');
        expect(refusal({ from, to, note: 'The decision was withdrawn.' })).toBeNull();
      }
    }
  });

  it('can be dropped until it operates, and taken up again as planned', () => {
    const droppable = CLUSTER_STATUSES.filter((from) => refusal({ from, to: 'dropped' }) === null);
    expect(droppable).toEqual([
      'planned',
      'calling_for_investor',
      'dossier_filed',
      'established',
      'under_construction',
    ]);
    expect(CLUSTER_MOVES.dropped).toEqual({ forward: [], back: ['planned'] });
  });

  it('are refused when nothing changes, in the future, or before the step before', () => {
    const same: ClusterStatus = 'established';
    expect(refusal({ from: same, to: same })).toBe('cluster_status_unchanged');
    expect(refusal({ on: '2026-03-03' })).toBe('cluster_status_in_future');
    expect(refusal({ since: '2026-03-02' })).toBe('cluster_status_out_of_order');
    expect(refusal({ since: '2026-03-01' })).toBeNull();
  });
});

describe('land still free', () => {
  it('is what is not occupied, to the hundredth of a hectare', () => {
    expect(
      freeLand({ ...land, industrialLandHa: 50.3, occupiedHa: 20.1 }, ['detailed_plan_approved']),
    ).toEqual({
      freeHa: 30.2,
      freeGap: null,
    });
  });

  it('is not known, with the reason, whenever the occupancy is not', () => {
    expect(freeLand(land, [])).toEqual({ freeHa: null, freeGap: 'no_detailed_plan' });
    expect(freeLand({ ...land, industrialLandHa: null }, ['detailed_plan_approved'])).toEqual({
      freeHa: null,
      freeGap: 'no_industrial_land',
    });
    expect(freeLand({ ...land, occupiedHa: null }, ['detailed_plan_approved'])).toEqual({
      freeHa: null,
      freeGap: 'not_reported',
    });
  });
});

describe('the investors wanted', () => {
  it.each<[ClusterStatus, number | null, string[]]>([
    ['planned', null, ['infrastructure']],
    ['calling_for_investor', null, ['infrastructure']],
    ['dossier_filed', null, ['infrastructure']],
    ['established', null, ['secondary']],
    ['under_construction', 12.5, ['secondary']],
    ['operating', 0.01, ['secondary']],
    ['operating', 0, []],
    ['dropped', null, []],
    ['dropped', 30, []],
  ])('%s with %s ha free: %j', (status, freeHa, wanted) => {
    expect(investorsWanted(status, freeHa)).toEqual(wanted);
  });
});

describe('infrastructure that a milestone proves', () => {
  it('is there when no row says anything of it', () => {
    expect(provenUtilities(['power'], ['wastewater_works', 'fire_protection_works', 'land_cleared'])).toEqual(
      [
        { kind: 'wastewater', milestone: 'wastewater_works' },
        { kind: 'fire_protection', milestone: 'fire_protection_works' },
      ],
    );
  });

  it('leaves the word to a row', () => {
    expect(provenUtilities(['wastewater'], ['wastewater_works'])).toEqual([]);
  });
});
