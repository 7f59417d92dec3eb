import type { ParticipationInput } from '../../src/modules/promotion/participation.rules.js';
import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import {
  RoundClosing,
  type Closed,
  type Closing,
} from '../../src/modules/promotion/round-closing.service.js';
import { RoundsService, type RoundInput } from '../../src/modules/promotion/rounds.service.js';
import type { TestApp } from '../support/harness.js';
import { givenContact } from './directory.js';

let counter = 0;

/** A planned round in March 2026 without an owner. */
export function givenRound(t: TestApp, overrides: Partial<RoundInput> = {}): Promise<string> {
  const number = ++counter;
  return t.asSystem(() =>
    t.get(RoundsService).create({
      code: `XT-${number}`,
      name: `Đợt xúc tiến mẫu ${number}`,
      startsOn: '2026-03-02',
      endsOn: '2026-03-06',
      ...overrides,
    }),
  );
}

export interface ParticipantOverrides extends Partial<ParticipationInput> {
  consent?: 'given' | 'withdrawn';
  email?: string | null;
}

export interface GivenParticipant {
  id: string;
  leadId: string;
  firmId: string;
  contactId: string | null;
}

/** A firm that attended, by somebody who agreed to promotion mail, unless told otherwise. */
export async function givenParticipant(
  t: TestApp,
  roundId: string,
  overrides: ParticipantOverrides = {},
): Promise<GivenParticipant> {
  const { consent, email, ...given } = overrides;
  const contact =
    given.contactId === undefined
      ? await givenContact(t, {
          ...(given.firmId && { firmId: given.firmId }),
          ...('consent' in overrides ? consent && { consent } : { consent: 'given' as const }),
          ...(email !== undefined && { email }),
        })
      : null;
  const firmId = given.firmId ?? contact!.firmId;
  const contactId = contact?.id ?? given.contactId ?? null;
  const { ids } = await t.asSystem(() =>
    t
      .get(ParticipationsService)
      .add(roundId, [{ status: 'attended', ...given, firmId, contactId }], () => ''),
  );
  const [row] = await t.db.query<{ leadId: string }>(
    `SELECT lead_id AS "leadId" FROM participation WHERE id = $1`,
    [ids[0]],
  );
  return { id: ids[0]!, leadId: row!.leadId, firmId, contactId };
}

export function closeRound(t: TestApp, id: string, closing: Closing = {}): Promise<Closed> {
  return t.asSystem(() => t.get(RoundClosing).close(id, closing));
}

export function reopenRound(t: TestApp, id: string): Promise<number> {
  return t.asSystem(() => t.get(RoundClosing).reopen(id));
}
