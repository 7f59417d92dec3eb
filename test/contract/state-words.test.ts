import { describe, expect, it } from '@jest/globals';
import { CLUSTER_STATUSES } from '../../src/modules/directory/cluster.entity.js';
import { assertStatusMove } from '../../src/modules/directory/cluster.rules.js';
import { normalSteps, stepFaults } from '../../src/modules/follow-up/plan-input.rules.js';
import {
  assertLive,
  assertMayBecome,
  REMINDER_STATUSES,
} from '../../src/modules/follow-up/reminder.rules.js';
import { MESSAGE_STATUSES } from '../../src/modules/messaging/message.entity.js';
import { assertTransition } from '../../src/modules/messaging/message.rules.js';
import { ROUND_STATUSES } from '../../src/modules/promotion/promotion-round.entity.js';
import { assertMayBecome as assertRoundMayBecome } from '../../src/modules/promotion/round.rules.js';
import { problemBody, toProblem } from '../../src/platform/http/problem.filter.js';
import { ProblemError } from '../../src/platform/http/problem.js';

/** A code, a key of our words, or a value that was not filled in. */
const RAW = /[a-z]_[a-z]|\w:\w|\{\{|\[object|“”/;

type Refusal = () => void;
const pairs = <S>(states: readonly S[], refuse: (from: S, to: S) => void): Refusal[] =>
  states.flatMap((from) => states.map((to) => () => refuse(from, to)));

const cluster = { on: '2026-02-01', note: 'x', since: null, today: '2026-03-01' };
const step = { titleVi: 'a', titleEn: 'a', offset: { amount: 1, unit: 'day' as const }, templateId: 'x' };

const REFUSALS: [string, Refusal[]][] = [
  ['a round', pairs(ROUND_STATUSES, assertRoundMayBecome)],
  ['a message', pairs(MESSAGE_STATUSES, assertTransition)],
  ['a reminder', pairs(REMINDER_STATUSES, assertMayBecome)],
  ['a reminder that is over', REMINDER_STATUSES.map((status) => () => assertLive(status))],
  ['a cluster', pairs(CLUSTER_STATUSES, (from, to) => assertStatusMove({ ...cluster, from, to }))],
  [
    'a template of a step',
    (['investor_email', 'officer_task', 'manager_escalation'] as const).map((channel) => () => {
      const other = channel === 'investor_email' ? 'officer' : 'investor';
      const faults = stepFaults(normalSteps([{ ...step, channel }]), new Map([['x', other]]));
      throw new ProblemError(400, 'validation_failed', {}, faults);
    }),
  ],
];

function sentences(refuse: Refusal, language: 'vi' | 'en'): string[] {
  try {
    refuse();
  } catch (error) {
    const { detail, errors = [] } = problemBody(toProblem(error), language);
    return [detail, ...errors.map(({ message }) => message)];
  }
  return [];
}

describe('what is refused because of a state', () => {
  it.each(REFUSALS)('is told in words: %s', (_what, refusals) => {
    for (const language of ['vi', 'en'] as const) {
      const told = refusals.flatMap((refuse) => sentences(refuse, language));
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((sentence) => RAW.test(sentence))).toEqual([]);
    }
  });

  it('names the state in the language of the reader', () => {
    const closing: Refusal = () => assertRoundMayBecome('running', 'closed');
    expect(sentences(closing, 'vi')).toEqual([
      'Đợt xúc tiến đang diễn ra nên không thể chuyển sang trạng thái “đã kết thúc”.',
    ]);
    expect(sentences(closing, 'en')).toEqual(['A round that is under way cannot become closed.']);
  });
});
