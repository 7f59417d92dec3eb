import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { SearchQueries } from './search.queries.js';
import { TodayController } from './today.controller.js';
import { TodayQueries } from './today.queries.js';

/** What the officer's first pages ask for: reads across modules by SQL, and rows of its own. */
@Module({
  controllers: [TodayController, SearchController],
  providers: [TodayQueries, SearchQueries],
})
export class DeskModule {}
