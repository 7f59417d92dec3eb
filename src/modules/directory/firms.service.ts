import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { AlreadyExists, NotFound } from '../../platform/http/problem.js';
import { Firm } from './firm.entity.js';
import { assertFirms, normalFirm, type FirmInput } from './firm-input.rules.js';
import type { ChangeFirm } from './firms.dto.js';

export interface ImportedFirm {
  id: string;
  created: boolean;
}

@Injectable()
export class FirmsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A firm with the same tax code is refused: 409 `firm_exists` with its id as `existingId`. */
  create(input: FirmInput): Promise<Firm> {
    return this.db.transaction(async () => {
      assertFirms([input], () => '');
      const firm = normalFirm(input);
      if (firm.taxCode) await this.assertFree(firm.taxCode);
      const now = this.clock.now();
      return this.db.repo(Firm).save({ ...firm, id: newId(), version: 1, createdAt: now, updatedAt: now });
    });
  }

  change(id: string, version: number, changes: ChangeFirm): Promise<Firm> {
    return this.db.transaction(async () => {
      const repo = this.db.repo(Firm);
      const firm = await repo.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!firm) throw new NotFound('firm_not_found');
      assertVersion(firm.version, version);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const next = { ...firm, ...given };
      assertFirms([next], () => '');
      const normal = normalFirm(next);
      if (normal.taxCode && normal.taxCode !== firm.taxCode) await this.assertFree(normal.taxCode);
      return repo.save(
        Object.assign(firm, normal, { version: firm.version + 1, updatedAt: this.clock.now() }),
      );
    });
  }

  /**
   * The firm that an enquiry or a list means: the one with the same tax code, or else with the same name where
   * neither has a tax code that says otherwise. What is already recorded of it stays as it is.
   */
  findOrCreate(input: FirmInput): Promise<{ firm: Firm; created: boolean }> {
    return this.db.transaction(async () => {
      assertFirms([input], () => '');
      const { taxCode, name } = normalFirm(input);
      await this.db.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('firm:' || fold(${name}), 0))`);
      const [found] = await this.db.query<{ id: string }>(sql`
        SELECT id FROM firm
         WHERE tax_code = ${taxCode} OR (fold(name) = fold(${name}) AND (tax_code IS NULL OR ${taxCode}::text IS NULL))
         ORDER BY tax_code = ${taxCode} DESC NULLS LAST, created_at, id LIMIT 1`);
      if (!found) return { firm: await this.create(input), created: true };
      return { firm: await this.db.repo(Firm).findOneByOrFail({ id: found.id }), created: false };
    });
  }

  /**
   * Many firms in one statement; the answer is in the order of the rows. A row whose tax code, or whose name (where
   * it has none), is known or came before is that firm, which stays as it is. One bad row refuses all of them.
   */
  importMany(rows: FirmInput[]): Promise<ImportedFirm[]> {
    return this.db.transaction(async () => {
      assertFirms(rows, (index) => `${index}.`);
      const firms = rows.map((row) => ({ ...normalFirm(row), id: newId() }));
      await this.db.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('firm-import', 0))`);
      const keys = await this.keysOf(firms);
      const known = new Map(keys.flatMap(({ key, id }) => (id ? [[key, id] as const] : [])));
      const fresh: typeof firms = [];
      const answer = firms.map((firm, index): ImportedFirm => {
        const { key, name } = keys[index]!;
        const id = known.get(key);
        if (id) return { id, created: false };
        known.set(key, firm.id);
        if (!known.has(name)) known.set(name, firm.id);
        fresh.push(firm);
        return { id: firm.id, created: true };
      });
      await this.insertMany(fresh);
      return answer;
    });
  }

  /** What tells each row from others, and the known firm that has it. */
  private keysOf(
    firms: { taxCode: string | null; name: string }[],
  ): Promise<{ key: string; name: string; id: string | null }[]> {
    return this.db.query(sql`
      SELECT coalesce(given.tax_code, fold(given.name)) AS key, fold(given.name) AS name,
             CASE WHEN given.tax_code IS NOT NULL THEN (SELECT f.id FROM firm f WHERE f.tax_code = given.tax_code)
                  ELSE (SELECT f.id FROM firm f WHERE fold(f.name) = fold(given.name) ORDER BY f.id LIMIT 1) END AS id
        FROM unnest(${firms.map(({ taxCode }) => taxCode)}::text[], ${firms.map(({ name }) => name)}::text[])
             WITH ORDINALITY AS given (tax_code, name, position)
       ORDER BY given.position`);
  }

  private async insertMany(firms: (ReturnType<typeof normalFirm> & { id: string })[]): Promise<void> {
    if (firms.length === 0) return;
    const column = <K extends keyof (typeof firms)[number]>(key: K) => firms.map((firm) => firm[key]);
    await this.db.execute(sql`
      INSERT INTO firm (id, name, short_name, tax_code, country, sectors, website, email, phone, address,
                        developer_capacity, developed_area_ha, note, sample, version, created_at, updated_at)
      SELECT given.id, given.name, given.short_name, given.tax_code, given.country,
             ARRAY(SELECT jsonb_array_elements_text(given.sectors)), given.website, given.email, given.phone, given.address,
             given.developer_capacity, given.developed_area_ha, given.note, given.sample, 1, ${this.clock.now()}, ${this.clock.now()}
        FROM unnest(${column('id')}::uuid[], ${column('name')}::text[], ${column('shortName')}::text[], ${column('taxCode')}::text[],
                    ${column('country')}::text[], ${column('sectors').map((sectors) => JSON.stringify(sectors))}::jsonb[],
                    ${column('website')}::text[], ${column('email')}::text[], ${column('phone')}::text[], ${column('address')}::text[],
                    ${column('developerCapacity')}::text[], ${column('developedAreaHa')}::numeric[], ${column('note')}::text[],
                    ${column('sample')}::boolean[])
             AS given (id, name, short_name, tax_code, country, sectors, website, email, phone, address, developer_capacity,
                       developed_area_ha, note, sample)`);
  }

  private async assertFree(taxCode: string): Promise<void> {
    const [taken] = await this.db.query<{ id: string; name: string }>(
      sql`SELECT id, name FROM firm WHERE tax_code = ${taxCode}`,
    );
    if (taken) throw new AlreadyExists('firm_exists', taken.id, { taxCode, name: taken.name });
  }
}
