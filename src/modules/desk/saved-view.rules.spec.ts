import { expect, test } from '@jest/globals';
import { assertMayChange, assertMaySee, filtersFault } from './saved-view.rules.js';

const actor = (id: string) => ({ kind: 'user' as const, id, name: id, role: 'officer' as const });
const many = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, value]));

test.each([
  [{ stage: 'qualified,site_visit', q: 'Hà Nam', ownerId: 'me' }, null],
  [{}, null],
  [many(30, 'x'), null],
  [many(31, 'x'), 'too_many'],
  [many(10, 'x'.repeat(200)), 'too_long'],
  [{ stage: ['a'] }, 'must_be_text'],
  [{ stage: null }, 'must_be_text'],
  [{ stage: { a: 'b' } }, 'must_be_text'],
  [{ 'a b': 'x' }, 'invalid_format'],
  [{ __proto: 'x' }, 'invalid_format'],
])('filters %#', (query, code) => expect(filtersFault(query)?.code ?? null).toBe(code));

test('a private view is its owner’s alone, a shared one everybody’s to see', () => {
  expect(() => assertMaySee(actor('b'), { ownerId: 'a', shared: false })).toThrow('view_not_found');
  expect(() => assertMaySee(actor('b'), undefined)).toThrow('view_not_found');
  assertMaySee(actor('b'), { ownerId: 'a', shared: true });
  assertMaySee(actor('a'), { ownerId: 'a', shared: false });
});

test('a manager may only take back what another shared', () => {
  const view = { ownerId: 'a', shared: true };
  const rename = { shared: false, name: 'x' };
  assertMayChange(actor('a'), view, { shared: true }, false);
  assertMayChange(actor('m'), view, { shared: false }, true);
  expect(() => assertMayChange(actor('b'), view, { shared: false }, false)).toThrow('not_your_view');
  expect(() => assertMayChange(actor('m'), view, rename, true)).toThrow('not_your_view');
  expect(() => assertMayChange(actor('m'), view, { shared: true }, true)).toThrow('not_your_view');
});
