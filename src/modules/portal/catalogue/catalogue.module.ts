import { Module } from '@nestjs/common';
import { DirectoryModule } from '../../directory/directory.module.js';
import { SiteModule } from '../site/site.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CataloguePages } from './catalogue-pages.js';
import { CataloguePagesController } from './catalogue-pages.controller.js';
import { OpenDataController } from './open-data.controller.js';
import { SitemapController } from './sitemap.controller.js';

/** What is open for investment: for people, for programs and for search engines. */
@Module({
  imports: [DirectoryModule, SiteModule],
  controllers: [CatalogueController, CataloguePagesController, OpenDataController, SitemapController],
  providers: [CataloguePages],
})
export class CatalogueModule {}
