import { describe, expect, it } from '@jest/globals';
import { addDecimals, divideDecimal, trimDecimal } from './decimals.rules.js';

describe('exact decimals', () => {
  it('adds sums that a JavaScript number would round', () => {
    expect(addDecimals(['9007199254740993.01', '0.02', '100'])).toBe('9007199254741093.03');
    expect(addDecimals(['0.1', '0.20'])).toBe('0.30');
    expect(addDecimals([])).toBe('0');
    expect(addDecimals(['-5.25', '5.20'])).toBe('-0.05');
  });

  it('shows no zeros behind the point that say nothing', () => {
    expect(trimDecimal('457600000000.00')).toBe('457600000000');
    expect(trimDecimal('12.50')).toBe('12.50');
    expect(trimDecimal('100')).toBe('100');
  });

  it('divides to two decimals, half up', () => {
    expect(divideDecimal('100', 3)).toBe('33.33');
    expect(divideDecimal('200', 3)).toBe('66.67');
    expect(divideDecimal('0.01', 2)).toBe('0.01');
    expect(divideDecimal('457600000000.00', 4)).toBe('114400000000');
  });

  it('refuses what is no sum', () => {
    expect(() => addDecimals(['1e5'])).toThrow('no decimal number');
    expect(() => addDecimals(['1.005'])).toThrow('more than two decimals');
  });
});
