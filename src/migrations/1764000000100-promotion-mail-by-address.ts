import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The daily limit of promotion mail counts by mailbox. */
export class PromotionMailByAddress1764000000100 implements MigrationInterface {
  name = 'PromotionMailByAddress1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX message_promotion_address_idx ON message (to_address) WHERE purpose = 'promotion'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX message_promotion_address_idx`);
  }
}
