import { describe, expect, it } from '@jest/globals';
import { decideDispatch, type DueReminder } from './dispatch.rules.js';
import type { LeadFacts } from './sequence.rules.js';
import type { StopFacts } from './stop.rules.js';

const anchorAt = new Date('2026-03-02T03:00:00Z');
const stop: StopFacts = {
  stage: 'qualified',
  stagePosition: 2,
  stageSince: anchorAt,
  stopPosition: 4,
  lastAnswer: null,
  lastAnswerAt: null,
  lastMailAt: null,
  lastMeetingAt: null,
  consent: 'none',
  bouncedAt: null,
};
const fit: LeadFacts = {
  kind: 'secondary',
  attendance: 'attended',
  hasClusterInterest: false,
  answered: false,
  email: 'ok',
  hasContact: true,
};
const mail: DueReminder = {
  channel: 'investor_email',
  sequence: { anchorAt, status: 'running', stopReason: null },
  condition: {},
};
const own: DueReminder = { channel: 'officer_task', sequence: null, condition: {} };

describe('what becomes of a due reminder', () => {
  it.each<[string, DueReminder, { stop: StopFacts; fit: LeadFacts } | null, object]>([
    ['an e-mail is made; consent is the mail rules’ business', mail, { stop, fit }, { kind: 'mail' }],
    [
      'a task comes before its officer',
      { ...mail, channel: 'officer_task' },
      { stop, fit },
      { kind: 'open' },
    ],
    [
      'the sequence stops',
      mail,
      { stop: { ...stop, stage: 'lost' }, fit },
      { kind: 'stop', reason: 'lead_lost' },
    ],
    [
      'the step does not apply',
      mail,
      { stop, fit: { ...fit, email: 'none' } },
      { kind: 'skip', reason: 'no_email' },
    ],
    [
      'the round is open again',
      { ...mail, sequence: { ...mail.sequence!, status: 'paused' } },
      { stop, fit },
      { kind: 'hold' },
    ],
    [
      'the sequence had stopped',
      { ...mail, sequence: { anchorAt, status: 'stopped', stopReason: 'bounced' } },
      { stop, fit },
      { kind: 'stop', reason: 'bounced' },
    ],
    [
      'an officer’s own task outlives a dormant lead',
      own,
      { stop: { ...stop, stage: 'dormant' }, fit },
      { kind: 'open' },
    ],
    [
      'but not a lost one',
      own,
      { stop: { ...stop, stage: 'lost' }, fit },
      { kind: 'stop', reason: 'lead_lost' },
    ],
    ['nobody is left', own, null, { kind: 'skip', reason: 'lead_gone' }],
  ])('%s', (_name, due, lead, decision) => {
    expect(decideDispatch(due, lead)).toEqual(decision);
  });
});
