import { Injectable } from '@nestjs/common';
import sql, { join, raw } from 'sql-template-tag';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { CELL_KEYS, CELL_SUMS, cellsOf, CUBES } from './lead-cubes.rules.js';

/** Versions folded in one transaction: the more, the more of them share a cell. */
const BATCH = 50_000;

/** Folds lead versions into the cells that reports read. A report adds what is not folded yet: folding changes no figure. */
@Injectable()
export class LeadCells {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** Until nothing waits, or `signal` says stop. Only one worker folds at a time. @returns how many versions were folded */
  async fold(signal?: AbortSignal): Promise<number> {
    let folded = 0;
    for (let some = BATCH; some === BATCH && !signal?.aborted; folded += some) some = await this.foldSome();
    return folded;
  }

  /** Months begin where the agency works: with another zone everything is added up anew. */
  async settleZone(): Promise<void> {
    await this.db.transaction(async () => {
      const changed = await this.db.execute(`UPDATE report_zone SET name = $1 WHERE name <> $1`, [
        this.config.timeZone,
      ]);
      if (changed === 0) return;
      await this.db.query(`SELECT pg_advisory_xact_lock(hashtext('fold lead cells'))`);
      await this.db.query(`TRUNCATE lead_cell`);
      await this.db.execute(
        `UPDATE lead_version SET pending = CASE WHEN valid_to IS NULL THEN 1 ELSE 3 END,
                opened_month = to_char(opened_at AT TIME ZONE $1, 'YYYY-MM')`,
        [this.config.timeZone],
      );
    });
  }

  private foldSome(): Promise<number> {
    return this.db.transaction(async () => {
      const [lock] = await this.db.query<{ mine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtext('fold lead cells')) AS mine`,
      );
      if (!lock!.mine) return 0;
      await this.db.query(`
        CREATE TEMPORARY TABLE folding ON COMMIT DROP AS
        SELECT v.*, to_char(v.valid_from AT TIME ZONE z.name, 'YYYY-MM') AS from_month, to_char(v.valid_to AT TIME ZONE z.name, 'YYYY-MM') AS to_month
          FROM lead_version v CROSS JOIN report_zone z
         WHERE v.pending <> 0 ORDER BY v.id LIMIT ${BATCH}`);
      await this.db.query(`ANALYZE folding`);
      await this.db.query(`SET LOCAL work_mem = '64MB'`);
      for (const cube of CUBES) await this.db.query(upsert(cube));
      // last, so that nobody who changes a lead waits for the rest; what ended meanwhile waits on
      return this.db.execute(
        `UPDATE lead_version v SET pending = v.pending & ~f.pending FROM folding f WHERE v.id = f.id`,
      );
    });
  }
}

const EVENTS = sql`
  SELECT f.*, 1 AS sign, span.month FROM folding f CROSS JOIN LATERAL (VALUES (''), (f.from_month)) AS span (month) WHERE f.pending & 1 = 1
  UNION ALL
  SELECT f.*, -1 AS sign, span.month FROM folding f CROSS JOIN LATERAL (VALUES (''), (f.to_month)) AS span (month) WHERE f.pending & 2 = 2`;

function upsert(cube: (typeof CUBES)[number]) {
  const columns = [...CELL_KEYS, ...CELL_SUMS].map((column) => raw(column));
  const added = CELL_SUMS.map((sum) => raw(`${sum} = lead_cell.${sum} + excluded.${sum}`));
  return sql`
    INSERT INTO lead_cell (cube, month, ${join(columns)})
    SELECT ${cube.id}::smallint, month, ${join(columns)} FROM (${cellsOf(cube, EVENTS, ['month'])}) AS c
    ON CONFLICT ON CONSTRAINT lead_cell_pkey DO UPDATE SET ${join(added)}`;
}
