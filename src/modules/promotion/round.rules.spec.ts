import { describe, expect, it } from '@jest/globals';
import { RuleError } from '../../platform/http/rule-error.js';
import { assertMayBecome, participantsOf, type ParticipationFacts } from './round.rules.js';

const row = (overrides: Partial<ParticipationFacts> = {}): ParticipationFacts => ({
  leadId: 'lead',
  contactId: 'contact',
  hasEmail: true,
  isPrimary: false,
  status: 'invited',
  askedAboutCluster: false,
  ...overrides,
});

describe('one participant for each lead', () => {
  it('whoever came is written to, before whoever was only invited', () => {
    expect(
      participantsOf([
        row({ contactId: 'invited', isPrimary: true }),
        row({ contactId: 'came', status: 'attended' }),
      ]),
    ).toEqual([{ leadId: 'lead', contactId: 'came', attendance: 'attended', hasClusterInterest: false }]);
  });

  it('somebody who can be written to, then the main contact, then the first', () => {
    expect(
      participantsOf([
        row({ contactId: 'mute', hasEmail: false, isPrimary: true }),
        row({ contactId: 'a' }),
        row({ contactId: 'b' }),
      ])[0]!.contactId,
    ).toBe('a');
    expect(
      participantsOf([row({ contactId: 'a' }), row({ contactId: 'main', isPrimary: true })])[0]!.contactId,
    ).toBe('main');
  });

  it('counts attendance and interest of anyone of the firm', () => {
    expect(
      participantsOf([
        row({ status: 'no_show', askedAboutCluster: true }),
        row({ status: 'attended', contactId: null }),
      ])[0],
    ).toEqual({
      leadId: 'lead',
      contactId: 'contact',
      attendance: 'attended',
      hasClusterInterest: true,
    });
    expect(participantsOf([row({ status: 'registered', contactId: null })])[0]).toMatchObject({
      contactId: null,
      attendance: 'no_show',
    });
  });
});

describe('the states of a round', () => {
  it('are closed and reopened by their own routes only', () => {
    expect(() => assertMayBecome('planned', 'running')).not.toThrow();
    expect(() => assertMayBecome('running', 'closed')).toThrow(RuleError);
    expect(() => assertMayBecome('closed', 'running')).toThrow(RuleError);
  });
});
