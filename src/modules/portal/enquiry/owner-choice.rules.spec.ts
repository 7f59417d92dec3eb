import { expect, test } from '@jest/globals';
import { chooseOwner, type Candidate } from './owner-choice.rules.js';

const officer = (id: string, given: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  districtIds: [],
  languages: ['vi'],
  openLeads: 0,
  ...given,
});
const chosen = (candidates: Candidate[], districtIds: string[] = [], language: 'vi' | 'en' | 'zh' = 'vi') => {
  const found = chooseOwner(candidates, { districtIds, language });
  return found && [found.owner.id, found.why];
};

test('nobody is chosen where nobody is', () => {
  expect(chosen([])).toBeNull();
});

test('who looks after the district comes before who has less to do', () => {
  const lan = officer('lan', { districtIds: ['d1'], openLeads: 50 });
  expect(chosen([officer('minh'), lan], ['d1'])).toEqual(['lan', 'district']);
});

test('who looks after more of the districts comes first', () => {
  const one = officer('one', { districtIds: ['d1'] });
  const both = officer('both', { districtIds: ['d2', 'd1'], openLeads: 9 });
  expect(chosen([one, both], ['d1', 'd2'])).toEqual(['both', 'district']);
});

test('of those who look after it, who writes the language', () => {
  const a = officer('a', { districtIds: ['d1'] });
  const b = officer('b', { districtIds: ['d1'], languages: ['vi', 'zh'], openLeads: 7 });
  expect(chosen([a, b], ['d1'], 'zh')).toEqual(['b', 'district']);
});

test('without a district, who writes the language', () => {
  const a = officer('a');
  const b = officer('b', { languages: ['vi', 'en'], openLeads: 7 });
  expect(chosen([a, b], [], 'en')).toEqual(['b', 'language']);
  expect(chosen([a, b], ['elsewhere'], 'en')).toEqual(['b', 'language']);
});

test('a language that everybody writes is no reason', () => {
  expect(chosen([officer('a', { openLeads: 2 }), officer('b', { openLeads: 1 })])).toEqual(['b', 'load']);
});

test('where nobody fits, who has the fewest open leads, then the order given', () => {
  expect(chosen([officer('a', { openLeads: 2 }), officer('b'), officer('c')], ['d9'], 'zh')).toEqual([
    'b',
    'load',
  ]);
});
