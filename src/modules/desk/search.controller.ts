import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { SearchQuery, SearchResult } from './search.dto.js';
import { SearchQueries } from './search.queries.js';

@ApiTags('desk')
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly queries: SearchQueries) {}

  /** Finds firms, contacts, leads, clusters and rounds at once, the best few of each. */
  @Get()
  @Allow('lead.read')
  search(@Query() { q, limit }: SearchQuery): Promise<SearchResult> {
    return this.queries.search(q, limit);
  }
}
