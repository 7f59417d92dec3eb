import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { MessageDecisions } from './message-decisions.service.js';
import { MessageDetail, MessagePage, MessagesQuery } from './messages.dto.js';
import { MessagesQueries } from './messages.queries.js';

@ApiTags('messages')
@Controller('api/v1/messages')
export class MessagesController {
  constructor(
    private readonly queries: MessagesQueries,
    private readonly decisions: MessageDecisions,
  ) {}

  /** Sorts: createdAt, sentAt, notBefore. `q` reads subjects and recipients. */
  @Get()
  @Allow('message.read')
  list(@Query() query: MessagesQuery): Promise<MessagePage> {
    return this.queries.list(query);
  }

  @Get(':id')
  @Allow('message.read')
  get(@Id() id: string): Promise<MessageDetail> {
    return this.queries.get(id);
  }

  /** Tries a `failed` or `unknown` message once more. From `unknown` the person may get it twice, under one Message-ID. */
  @Post(':id/retry')
  @HttpCode(200)
  @Allow('message.write')
  async retry(@Id() id: string, @IfMatch() version: number): Promise<MessageDetail> {
    await this.decisions.retry(id, version);
    return this.queries.get(id);
  }

  /** Says of an `unknown` message that it did arrive. */
  @Post(':id/mark-sent')
  @HttpCode(200)
  @Allow('message.write')
  async markSent(@Id() id: string, @IfMatch() version: number): Promise<MessageDetail> {
    await this.decisions.markSent(id, version);
    return this.queries.get(id);
  }
}
