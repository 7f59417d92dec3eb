import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A refusal belongs to a mailbox, so the ledger keeps which one. Of the lines there are, the contact's mailbox of today
 * is the best that is known.
 */
export class ConsentByAddress1764000000130 implements MigrationInterface {
  name = 'ConsentByAddress1764000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE consent ADD COLUMN address text`);
    await runner.query(`ALTER TABLE consent DISABLE TRIGGER USER`);
    await runner.query(`UPDATE consent k SET address = c.email FROM contact c WHERE c.id = k.contact_id`);
    await runner.query(`ALTER TABLE consent ENABLE TRIGGER USER`);
    await runner.query(
      `CREATE INDEX consent_refused_address_idx ON consent (address) WHERE action = 'withdrawn'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE consent DROP COLUMN address`);
  }
}
