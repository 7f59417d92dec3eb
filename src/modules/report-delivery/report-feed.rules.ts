import { createHash } from 'node:crypto';
import { Invalid } from '../../platform/http/problem.js';
import type { ReportQuestion } from '../reports/report-questions.queries.js';

/** Of one maker. */
export const MOST_FEEDS = 50;

/** 32 random bytes in base64url. */
export const FEED_TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Parameters of which a feed has its own, or none. */
const NOT_KEPT = ['format'];

/**
 * A feed opens without signing in, so it names nobody: no group is a person, nobody is searched by name, and `me` would
 * be whoever made it.
 */
export function assertNamesNobody({ report, query }: ReportQuestion): void {
  for (const name of NOT_KEPT) if (name in query) throw new Invalid(`query.${name}`, 'unknown_field');
  const { groupBy, thenBy, table } = query;
  if (groupBy === 'owner' || groupBy === 'ownerStep') throw new Invalid('query.groupBy', 'feed_names_people');
  if (thenBy === 'owner') throw new Invalid('query.thenBy', 'feed_names_people');
  // by officer and step when nothing is said
  if (report === 'follow-up' && groupBy === undefined && table !== 'service')
    throw new Invalid('query.groupBy', 'feed_names_people');
  for (const name of ['q', 'ownerId', 'firmId'])
    if (name in query) throw new Invalid(`query.${name}`, 'feed_names_people');
}
