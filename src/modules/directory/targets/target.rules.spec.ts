import { describe, expect, it } from '@jest/globals';
import { measureTarget, type ClusterState } from './target.rules.js';

const cluster = (id: string, changes: Partial<ClusterState> = {}): ClusterState => ({
  id,
  planningDistrictId: 'cao-loc',
  status: 'operating',
  land: { industrialLandHa: 50, occupiedHa: 30, leasedHa: null },
  landKnown: true,
  milestones: ['detailed_plan_approved', 'infrastructure_complete'],
  ...changes,
});

describe('targets measured by clusters', () => {
  it('operating and more than 30 % occupied, with what cannot be decided told apart', () => {
    const clusters = [
      cluster('full'),
      cluster('just-30', { land: { industrialLandHa: 50, occupiedHa: 15, leasedHa: null } }),
      cluster('not-reported', { land: { industrialLandHa: null, occupiedHa: null, leasedHa: null } }),
      cluster('works-unknown', { milestones: ['detailed_plan_approved'] }),
      cluster('reported-later', { landKnown: false }),
      cluster('building', { status: 'under_construction' }),
    ];
    expect(measureTarget('operating-2025', clusters)).toEqual({
      value: 1,
      of: null,
      counted: ['full'],
      undecided: ['not-reported', 'works-unknown', 'reported-later'],
    });
  });

  it('counts a planning district once', () => {
    const clusters = [
      cluster('a'),
      cluster('b'),
      cluster('c', { planningDistrictId: 'van-lang' }),
      cluster('d', { status: 'established' }),
    ];
    expect(measureTarget('every-district-2030', clusters)).toMatchObject({
      value: 2,
      counted: ['a', 'b', 'c'],
    });
  });

  it('measures works as a share of the clusters that are established or further', () => {
    const clusters = [
      cluster('a', { milestones: ['wastewater_works'] }),
      cluster('b', { status: 'established', milestones: [] }),
      cluster('c', { status: 'under_construction', milestones: ['fire_protection_works'] }),
      cluster('d', { status: 'planned', milestones: ['wastewater_works'] }),
    ];
    expect(measureTarget('wastewater-100', clusters)).toMatchObject({ value: 33.3, of: 3, counted: ['a'] });
    expect(measureTarget('fire-100', clusters)).toMatchObject({ value: 33.3, counted: ['c'] });
    expect(measureTarget('fire-100', [])).toMatchObject({ value: null, of: 0 });
  });

  it('counts investment from the decision on', () => {
    const clusters = [
      cluster('a'),
      cluster('b', { status: 'dossier_filed' }),
      cluster('c', { status: 'dropped' }),
    ];
    expect(measureTarget('invested-2030', clusters)).toMatchObject({ value: 1, counted: ['a'] });
  });

  it('leaves the rest to people', () => {
    expect(measureTarget('industry-growth', [cluster('a')])).toBeNull();
    expect(measureTarget('constructor', [cluster('a')])).toBeNull();
  });
});
