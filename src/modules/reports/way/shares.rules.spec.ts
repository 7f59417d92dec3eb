import { describe, expect, it } from '@jest/globals';
import { shareOf } from './shares.rules.js';

describe('a share', () => {
  it.each([
    [3, 10, 30],
    [1, 12, 8.3],
    [1, 16, 6.3],
    [0, 10, 0],
    [12, 12, 100],
  ])('%i of %i is %f %%', (part, whole, value) => {
    expect(shareOf(part, whole)).toEqual({ value, of: whole, reason: null });
  });

  it.each([0, 1, 9])('of %i cases is none, and says why', (whole) => {
    expect(shareOf(0, whole)).toEqual({ value: null, of: whole, reason: 'fewer_than_ten' });
  });
});
