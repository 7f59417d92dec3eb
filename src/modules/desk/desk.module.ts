import { Module } from '@nestjs/common';
import { DeliveryHealthQueries } from './delivery-health.queries.js';
import { QueueController } from './queue.controller.js';
import { SavedViewsController } from './saved-views.controller.js';
import { SavedViewsQueries } from './saved-views.queries.js';
import { SavedViewsService } from './saved-views.service.js';
import { SearchController } from './search.controller.js';
import { SearchQueries } from './search.queries.js';
import { TodayController } from './today.controller.js';
import { TodayQueries } from './today.queries.js';

/** What the officer's first pages ask for: reads across modules by SQL, and rows of its own. */
@Module({
  controllers: [TodayController, SearchController, SavedViewsController, QueueController],
  providers: [TodayQueries, SearchQueries, SavedViewsQueries, SavedViewsService, DeliveryHealthQueries],
})
export class DeskModule {}
