import { describe, expect, it } from '@jest/globals';
import { hasWords } from '../../../platform/i18n/i18n.js';
import { kindsAbout, LISTED_KINDS, subjectOf } from './timeline.rules.js';

describe('what a line of the story is about', () => {
  it('is known for every kind that is listed, each of which has words and stands once', () => {
    expect(LISTED_KINDS.filter((kind) => !hasWords('vi', `leads:timeline_${kind}`))).toEqual([]);
    expect(new Set(LISTED_KINDS).size).toBe(LISTED_KINDS.length);
    expect(subjectOf('activity_booked')).toBe('activity');
    expect(subjectOf('step_skipped')).toBe('task');
  });

  it('is "other" for details, owners and whatever has no place in the list', () => {
    expect(['assigned', 'details_changed', 'clusters_added', 'unheard_of'].map(subjectOf)).toEqual([
      'other',
      'other',
      'other',
      'other',
    ]);
  });

  it('turns into the kinds to keep', () => {
    expect(kindsAbout(['answer', 'other'])).toEqual({
      listed: ['investor_answered', 'mail_received', 'mail_opt_out', 'enquiry_received'],
      others: true,
    });
  });
});
