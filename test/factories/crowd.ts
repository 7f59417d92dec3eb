import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import { newId } from '../../src/platform/database/ids.js';
import type { TestApp } from '../support/harness.js';
import { closeRound, givenRound } from './promotion.js';

export interface Person {
  firmId: string;
  contactId: string;
  email: string;
}

export interface ClosedRound {
  roundId: string;
  /** In the order of the people. */
  leadIds: string[];
}

let counter = 0;

/** Many people who agreed to promotion mail, each of a firm and a mail domain of their own, in three statements. */
export async function givenCrowd(t: TestApp, size: number): Promise<Person[]> {
  const crowd = Array.from({ length: size }, () => {
    const number = ++counter;
    return { firmId: newId(), contactId: newId(), email: `an@dam-dong-${number}.test`, number };
  });
  const firms = crowd.map(({ firmId }) => firmId);
  const contacts = crowd.map(({ contactId }) => contactId);
  const now = t.clock.now();
  await t.db.execute(
    `INSERT INTO firm (id, name, country, sectors, sample, version, created_at, updated_at)
     SELECT id, 'Công ty Đám Đông ' || n, 'VN', '{}', false, 1, $3, $3 FROM unnest($1::uuid[], $2::int[]) AS f (id, n)`,
    [firms, crowd.map(({ number }) => number), now],
  );
  await t.db.execute(
    `INSERT INTO contact (id, firm_id, full_name, email, language, is_primary, email_state, sample, version, created_at, updated_at)
     SELECT id, firm_id, 'Nguyễn Văn An', email, 'vi', true, 'ok', false, 1, $4, $4
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS c (id, firm_id, email)`,
    [contacts, firms, crowd.map(({ email }) => email), now],
  );
  await t.db.execute(
    `INSERT INTO consent (id, contact_id, purpose, action, channel, recorded_at)
     SELECT id, contact_id, 'promotion_mail', 'given', 'enquiry_form', $3 FROM unnest($1::uuid[], $2::uuid[]) AS k (id, contact_id)`,
    [crowd.map(() => newId()), contacts, now],
  );
  return crowd.map(({ firmId, contactId, email }) => ({ firmId, contactId, email }));
}

export interface RoundOptions {
  planId: string;
  /** Of the round and of every lead. */
  ownerId?: string;
}

/** A round in which all of them took part, closed now. */
export async function givenClosedRound(
  t: TestApp,
  people: readonly Person[],
  { planId, ownerId }: RoundOptions,
): Promise<ClosedRound> {
  const roundId = await givenRound(t, { ownerId });
  const items = people.map(({ firmId, contactId }) => ({
    firmId,
    contactId,
    status: 'attended' as const,
    ...(ownerId && { ownerId }),
  }));
  const { ids } = await t.asSystem(() => t.get(ParticipationsService).add(roundId, items, () => ''));
  await closeRound(t, roundId, { followUpPlanId: planId });
  const rows = await t.db.query<{ id: string; leadId: string }>(
    `SELECT id, lead_id AS "leadId" FROM participation WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  const leadOf = new Map(rows.map(({ id, leadId }) => [id, leadId]));
  return { roundId, leadIds: ids.map((id) => leadOf.get(id)!) };
}
