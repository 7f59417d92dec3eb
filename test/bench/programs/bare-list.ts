import { createInterface } from 'node:readline';
import fastify from 'fastify';
import pg from 'pg';

interface Statement {
  text: string;
  values: unknown[];
}

/** The reference of the list: bare Fastify and pg, the same statements, nothing else. */
const [line] = (await new Promise<[string]>((resolve) =>
  createInterface({ input: process.stdin }).once('line', (text) => resolve([text])),
)) as [string];
const statements = JSON.parse(line) as Record<string, Statement[]>;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20, options: '-c timezone=UTC' });
const server = fastify();

server.get<{ Params: { name: string } }>('/list/:name', async (request) => {
  const [page, count] = statements[request.params.name]!;
  const items = (await pool.query(page!.text, page!.values)).rows as unknown[];
  const total = count
    ? ((await pool.query(count.text, count.values)).rows[0] as { n: number }).n
    : items.length;
  return { items: items.slice(0, 50), nextCursor: null, total };
});

const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ address })}\n`);
process.on('SIGTERM', () => process.exit(0));
