import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsObject, IsOptional } from 'class-validator';
import { Line, MayBeAbsent } from '../../platform/http/fields.js';
import { DeskRef } from './desk-refs.dto.js';
import { VIEW_PAGES, type ViewPage } from './saved-view.entity.js';

export class SavedViewsQuery {
  /** Of one page; all when left out. */
  @IsOptional()
  @IsIn(VIEW_PAGES)
  page?: ViewPage;
}

export class CreateSavedView {
  /** One line, at most 100 characters. */
  @Line(100)
  name: string;

  /** The list that it filters. */
  @IsIn(VIEW_PAGES)
  page: ViewPage;

  /** Names and values of the query string: at most 30, together at most 2,000 characters. @example { "stage": "qualified,site_visit", "ownerId": "me" } */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsObject()
  query: Record<string, string>;

  /** Everybody sees it; false when left out. */
  @MayBeAbsent()
  @IsBoolean()
  shared?: boolean;
}

export class ChangeSavedView {
  /** One line, at most 100 characters. */
  @MayBeAbsent()
  @Line(100)
  name?: string;

  /** As when it was made. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @MayBeAbsent()
  @IsObject()
  query?: Record<string, string>;

  /** A manager may set `false` for a view that another shared. */
  @MayBeAbsent()
  @IsBoolean()
  shared?: boolean;
}

export class SavedViewAnswer {
  id: string;
  name: string;
  page: ViewPage;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  query: Record<string, string>;
  /** Everybody sees it. */
  shared: boolean;
  owner: DeskRef;
  /** The caller's own. */
  mine: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export class SavedViewList {
  /** One's own first, then those that others share; by name. */
  items: SavedViewAnswer[];
}
