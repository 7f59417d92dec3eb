import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/database/actor.js';
import { ActorParam, Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import {
  ChangeSavedView,
  CreateSavedView,
  SavedViewAnswer,
  SavedViewList,
  SavedViewsQuery,
} from './saved-views.dto.js';
import { SavedViewsQueries } from './saved-views.queries.js';
import { SavedViewsService } from './saved-views.service.js';

@ApiTags('desk')
@Controller('api/v1/saved-views')
@Allow('lead.read')
export class SavedViewsController {
  constructor(
    private readonly views: SavedViewsService,
    private readonly queries: SavedViewsQueries,
  ) {}

  /** One's own views, and those that others share. */
  @Get()
  list(@Query() query: SavedViewsQuery, @ActorParam() actor: Actor): Promise<SavedViewList> {
    return this.queries.list(query.page, actor);
  }

  /** At most 50 of one person on one page. */
  @Post()
  async create(@Body() body: CreateSavedView, @ActorParam() actor: Actor): Promise<SavedViewAnswer> {
    return this.queries.afterChange(await this.views.create(body, actor), actor);
  }

  /** By its owner; a manager may only unshare what another shared. */
  @Patch(':id')
  async change(
    @Id() id: string,
    @Body() body: ChangeSavedView,
    @IfMatch() version: number,
    @ActorParam() actor: Actor,
  ): Promise<SavedViewAnswer> {
    return this.queries.afterChange(await this.views.change(id, body, version, actor), actor);
  }

  /** By its owner. */
  @Delete(':id')
  @HttpCode(204)
  remove(@Id() id: string, @ActorParam() actor: Actor): Promise<void> {
    return this.views.remove(id, actor);
  }
}
