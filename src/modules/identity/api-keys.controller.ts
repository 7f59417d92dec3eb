import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/database/actor.js';
import { ActorParam, Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { NeverKept } from '../../platform/http/idempotency.interceptor.js';
import { PageQuery } from '../../platform/http/pages.js';
import { ApiKeyPage, CreateApiKey, NewApiKeyAnswer } from './api-keys.dto.js';
import { ApiKeysService } from './api-keys.service.js';

@ApiTags('api-keys')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Allow('api_key.read')
  list(@Query() query: PageQuery): Promise<ApiKeyPage> {
    return this.keys.list(query);
  }

  /** Makes a key for a program, sent as `x-api-key`; the answer is the only place where it is shown. */
  @Post()
  @NeverKept()
  @Allow('api_key.write')
  create(@Body() body: CreateApiKey, @ActorParam() actor: Actor): Promise<NewApiKeyAnswer> {
    return this.keys.create(body, actor);
  }

  /** The key stops working at once. */
  @Delete(':id')
  @HttpCode(204)
  @Allow('api_key.write')
  remove(@Id() id: string): Promise<void> {
    return this.keys.remove(id);
  }
}
