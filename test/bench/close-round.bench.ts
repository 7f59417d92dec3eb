import assert from 'node:assert/strict';
import pg from 'pg';
import { RoundClosing } from '../../src/modules/promotion/round-closing.service.js';
import { runAs, SYSTEM } from '../../src/platform/database/actor.js';
import type { BenchRow } from './report.js';
import { compare } from './ratio.js';
import { prepareRound } from './round-data.js';
import type { Workbench } from './workbench.js';

const PARTICIPANTS = 2000;
const ROUNDS = 4;

/** Closing a round with everything that belongs to it, against the bare multi-row insert of the same reminder rows. */
export async function closeRound(bench: Workbench): Promise<BenchRow[]> {
  const waiting: string[] = [];
  for (let n = 0; n < ROUNDS; n += 1) waiting.push(await prepareRound(bench, PARTICIPANTS));
  const template = await prepareRound(bench, PARTICIPANTS);
  await close(bench, template);
  const [{ steps }] = (await bench.db.query<{ steps: number }>(
    `SELECT count(DISTINCT step_key)::int AS steps FROM reminder WHERE round_id = $1`,
    [template],
  )) as [{ steps: number }];
  const client = new pg.Client({ connectionString: bench.env.DATABASE_URL, options: '-c timezone=UTC' });
  await client.connect();
  const insert = await bareInsert(client, template);
  for (const table of ['reminder', 'follow_up_sequence', 'lead', 'participation', 'contact', 'firm'])
    await client.query(`ANALYZE ${table}`);
  try {
    const result = await compare(async () => close(bench, waiting.pop()!), insert, ROUNDS - 1);
    const what = `closing a round of ${PARTICIPANTS.toLocaleString('en')} participants × ${steps} steps`;
    return [
      {
        job: what,
        against: 'bare multi-row INSERT of the same reminders',
        unit: 'reminders/s',
        goal: 0.7,
        result,
      },
    ];
  } finally {
    await client.end();
  }
}

async function close(bench: Workbench, roundId: string): Promise<number> {
  const before = performance.now();
  const { created } = await runAs(SYSTEM, () =>
    bench.get(RoundClosing).close(roundId, { outcome: 'Đã kết thúc' }),
  );
  const seconds = (performance.now() - before) / 1000;
  assert.ok(created >= PARTICIPANTS * 5);
  return created / seconds;
}

/** The rows that closing made, read once; each run deletes them (untimed) and inserts them in chunks that pg can carry. */
async function bareInsert(client: pg.Client, roundId: string): Promise<() => Promise<number>> {
  const { rows, fields } = await client.query<Record<string, unknown>>(
    `SELECT * FROM reminder WHERE round_id = $1`,
    [roundId],
  );
  const columns = fields.map(({ name }) => name);
  const chunk = Math.floor(60_000 / columns.length);
  const statements = Array.from({ length: Math.ceil(rows.length / chunk) }, (_, at) => {
    const part = rows.slice(at * chunk, (at + 1) * chunk);
    const tuples = part.map(
      (_row, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join(',')})`,
    );
    return {
      text: `INSERT INTO reminder (${columns.join(',')}) VALUES ${tuples.join(',')}`,
      values: part.flatMap((row) => columns.map((name) => row[name])),
    };
  });
  return async () => {
    await client.query(`DELETE FROM reminder WHERE round_id = $1`, [roundId]);
    const before = performance.now();
    await client.query('BEGIN');
    for (const { text, values } of statements) await client.query(text, values);
    await client.query('COMMIT');
    return rows.length / ((performance.now() - before) / 1000);
  };
}
