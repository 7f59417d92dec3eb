import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports/reports.module.js';
import { OpenFeedsController, ReportFeedsController } from './report-feeds.controller.js';
import { ReportFeedsQueries } from './report-feeds.queries.js';
import { ReportFeedsService } from './report-feeds.service.js';

/** Takes reports to those who do not open them: what `reports`, which only reads, does not write itself. */
@Module({
  imports: [ReportsModule],
  controllers: [ReportFeedsController, OpenFeedsController],
  providers: [ReportFeedsService, ReportFeedsQueries],
})
export class ReportDeliveryModule {}
