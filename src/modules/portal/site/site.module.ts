import { Module } from '@nestjs/common';
import { DirectoryModule } from '../../directory/directory.module.js';
import { InvestorActs } from './investor-acts.js';
import { ProblemPages } from './problem-pages.js';
import { SiteDetails } from './site-details.js';
import { StyleController } from './style.controller.js';

/** The look of every page for investors, and whose site it is. */
@Module({
  imports: [DirectoryModule],
  controllers: [StyleController],
  providers: [SiteDetails, ProblemPages, InvestorActs],
  exports: [SiteDetails, InvestorActs],
})
export class SiteModule {}
