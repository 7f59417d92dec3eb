import { describe, expect, it } from '@jest/globals';
import { stopReasonOf, type StopFacts } from './stop.rules.js';

const SINCE = new Date('2026-03-02T03:00:00Z');
const before = new Date('2026-03-01T03:00:00Z');
const after = new Date('2026-03-05T03:00:00Z');
const QUIET: StopFacts = {
  stage: 'qualified',
  stagePosition: 2,
  stageSince: before,
  stopPosition: 4,
  lastAnswer: null,
  lastAnswerAt: null,
  lastMailAt: null,
  lastMeetingAt: null,
  consent: 'given',
  bouncedAt: null,
};

describe('what stops a sequence', () => {
  it.each<[string, Partial<StopFacts>, string | null]>([
    ['nothing', {}, null],
    ['an answer', { lastAnswer: 'visit', lastAnswerAt: after }, 'answered_visit'],
    ['an answer before the close does not', { lastAnswer: 'visit', lastAnswerAt: before }, null],
    ['a mail of the investor', { lastMailAt: after }, 'answered_by_mail'],
    ['a mail before the close does not', { lastMailAt: before }, null],
    ['a meeting', { lastMeetingAt: after }, 'meeting_booked'],
    ['a meeting before the close does not', { lastMeetingAt: before }, null],
    [
      'reaching the named stage',
      { stage: 'memorandum', stagePosition: 4, stageSince: after },
      'stage_advanced',
    ],
    ['a stage beyond it', { stage: 'licensing', stagePosition: 5, stageSince: after }, 'stage_advanced'],
    ['a stage before it does not', { stage: 'site_visit', stagePosition: 3, stageSince: after }, null],
    [
      'having been there at the close does not',
      { stage: 'licensing', stagePosition: 5, stageSince: before },
      null,
    ],
    [
      'no named stage: none does',
      { stage: 'operating', stagePosition: 8, stageSince: after, stopPosition: null },
      null,
    ],
    ['a lost lead', { stage: 'lost', stagePosition: null }, 'lead_lost'],
    ['a dormant lead', { stage: 'dormant', stagePosition: null }, 'lead_dormant'],
    ['withdrawn consent', { consent: 'withdrawn' }, 'consent_withdrawn'],
    ['consent never given does not', { consent: 'none' }, null],
    ['a dead address', { bouncedAt: after }, 'bounced'],
    ['an address that was dead before does not', { bouncedAt: before }, null],
    [
      '"not now" that put the lead to sleep is the answer',
      { stage: 'dormant', lastAnswer: 'not_now', lastAnswerAt: after },
      'answered_not_now',
    ],
  ])('%s', (_name, facts, reason) => {
    expect(stopReasonOf({ ...QUIET, ...facts }, SINCE)).toBe(reason);
  });
});
