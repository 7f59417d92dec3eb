import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConsentState1764000000140 implements MigrationInterface {
  name = 'ConsentState1764000000140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONSENT_STATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION consent_state(uuid, text)`);
  }
}

const refused = (by: string, liftedBy: string): string => `EXISTS (
    SELECT 1 FROM consent refusal
     WHERE ${by} AND refusal.action = 'withdrawn' AND refusal.purpose = 'promotion_mail' AND NOT EXISTS (
       SELECT 1 FROM consent again
        WHERE again.contact_id = p_contact AND again.purpose = refusal.purpose AND again.action = 'given' AND ${liftedBy}
          AND (again.recorded_at, again.id) > (refusal.recorded_at, refusal.id)))`;
const FOR_THIS_MAILBOX = `again.address = p_address`;

/**
 * The rule of the ledger, told at `consentState`. In PL/pgSQL, so that a connection plans it once: it is asked right
 * before each handing over of a promotion mail.
 */
const CONSENT_STATE = `
CREATE FUNCTION consent_state(p_contact uuid, p_address text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE
    WHEN ${refused(`refusal.contact_id = p_contact`, 'true')} THEN 'withdrawn'
    WHEN ${refused(`refusal.address = p_address`, FOR_THIS_MAILBOX)} THEN 'withdrawn'
    WHEN ${refused(
      `refusal.contact_id IN (SELECT same.id FROM contact same WHERE same.email = p_address AND same.id <> p_contact)`,
      FOR_THIS_MAILBOX,
    )} THEN 'withdrawn'
    WHEN EXISTS (SELECT 1 FROM consent own
                  WHERE own.contact_id = p_contact AND own.purpose = 'promotion_mail' AND own.action = 'given') THEN 'given'
    ELSE 'none' END;
END $$`;
