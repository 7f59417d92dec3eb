import { RuleError } from '../../platform/http/rule-error.js';
import { Word } from '../../platform/i18n/word.js';
import type { Participant } from '../follow-up/follow-up.service.js';
import type { ParticipationStatus } from './participation.entity.js';
import type { RoundStatus } from './promotion-round.entity.js';

/** Closing and reopening have their own routes: they move every lead's follow-up. */
const BY_HAND: Readonly<Record<RoundStatus, readonly RoundStatus[]>> = {
  planned: ['running'],
  running: ['planned'],
  closed: [],
};

export function assertMayBecome(from: RoundStatus, to: RoundStatus): void {
  if (from === to || BY_HAND[from].includes(to)) return;
  const word = (status: RoundStatus) => new Word(`promotion:round_${status}`);
  throw new RuleError('round_may_not_become', { from: word(from), to: word(to) });
}

/** One participation as far as the follow-up looks at it. */
export interface ParticipationFacts {
  leadId: string;
  contactId: string | null;
  hasEmail: boolean;
  isPrimary: boolean;
  status: ParticipationStatus;
  askedAboutCluster: boolean;
}

/**
 * One participant for each lead, however often its firm came. Who came weighs more than who was invited, then who can be
 * written to, then the firm's main contact, then who was noted first; a cluster counts whoever asked about it.
 */
export function participantsOf(rows: readonly ParticipationFacts[]): Participant[] {
  const byLead = new Map<string, ParticipationFacts[]>();
  for (const row of rows) {
    const known = byLead.get(row.leadId);
    if (known) known.push(row);
    else byLead.set(row.leadId, [row]);
  }
  return [...byLead].map(([leadId, own]) => {
    const best = own.reduce((winner, row) => (weightOf(row) > weightOf(winner) ? row : winner));
    return {
      leadId,
      contactId: best.contactId,
      attendance: own.some((row) => row.status === 'attended') ? 'attended' : 'no_show',
      hasClusterInterest: own.some((row) => row.askedAboutCluster),
    };
  });
}

function weightOf(row: ParticipationFacts): number {
  if (row.contactId === null) return 0;
  return 1 + (row.status === 'attended' ? 8 : 0) + (row.hasEmail ? 4 : 0) + (row.isPrimary ? 2 : 0);
}
