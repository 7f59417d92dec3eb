import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Invalid } from '../../platform/http/problem.js';
import { fold } from '../directory/search.rules.js';
import { searchStatement } from './search-statement.js';
import { SEARCH_TYPES, type SearchHit, type SearchResult } from './search.dto.js';

const SHOWN = 5;

/** One field that finds anything. */
@Injectable()
export class SearchQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async search(text: string, limit = SHOWN): Promise<SearchResult> {
    const q = text.trim();
    if (fold(q).length < 2) throw new Invalid('q', 'too_short', { limit: 2 });
    const year = this.clock.local(this.clock.now()).year;
    const found = await this.db.query<SearchHit>(searchStatement({ q, rows: limit + 1, year }));
    const groups = SEARCH_TYPES.flatMap((type) => {
      const hits = found.filter((hit) => hit.type === type);
      return hits.length === 0 ? [] : [{ type, hits: hits.slice(0, limit), more: hits.length > limit }];
    });
    return { groups };
  }
}
