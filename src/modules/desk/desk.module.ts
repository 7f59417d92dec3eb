import { Module } from '@nestjs/common';
import { TodayController } from './today.controller.js';
import { TodayQueries } from './today.queries.js';

/** What the officer's first pages ask for: reads across modules by SQL, and rows of its own. */
@Module({
  controllers: [TodayController],
  providers: [TodayQueries],
})
export class DeskModule {}
