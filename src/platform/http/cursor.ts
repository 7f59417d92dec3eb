import { createHmac, timingSafeEqual } from 'node:crypto';
import { Invalid } from './problem.js';

/** Where a page ended: the sort it belongs to and the last row's keys, as PostgreSQL printed them. */
export interface Cursor {
  sort: string;
  keys: (string | null)[];
}

function seal(body: string, secret: string): string {
  return createHmac('sha256', secret).update(`cursor:${body}`).digest('base64url').slice(0, 22);
}

export function encodeCursor(cursor: Cursor, secret: string): string {
  const body = Buffer.from(JSON.stringify([cursor.sort, ...cursor.keys])).toString('base64url');
  return `${body}.${seal(body, secret)}`;
}

/** A cursor that we did not sign, or that belongs to another sort, is refused. */
export function decodeCursor(text: string, sort: string, secret: string): Cursor {
  const [body = '', signature = ''] = text.split('.');
  const expected = Buffer.from(seal(body, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Invalid('cursor', 'invalid_cursor');
  const [ofSort, ...keys] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
    string,
    ...(string | null)[],
  ];
  if (ofSort !== sort) throw new Invalid('cursor', 'cursor_of_another_sort');
  return { sort, keys };
}
