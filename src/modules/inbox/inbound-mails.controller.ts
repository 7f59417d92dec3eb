import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Files } from '../../platform/files/files.js';
import { sendFile } from '../../platform/files/send-file.js';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { InboundDecisions } from './inbound-decisions.service.js';
import {
  AssignInboundMail,
  InboundMailDetail,
  InboundMailPage,
  InboundMailsQuery,
} from './inbound-mails.dto.js';
import { InboundMailsQueries } from './inbound-mails.queries.js';

@ApiTags('inbox')
@Controller('api/v1/inbound-mails')
export class InboundMailsController {
  constructor(
    private readonly queries: InboundMailsQueries,
    private readonly decisions: InboundDecisions,
    private readonly files: Files,
  ) {}

  /** Mails that came in, the newest first. Sorts: receivedAt. `q` reads subjects and senders. */
  @Get()
  @Allow('inbox.read')
  list(@Query() query: InboundMailsQuery): Promise<InboundMailPage> {
    return this.queries.list(query);
  }

  @Get(':id')
  @Allow('inbox.read')
  get(@Id() id: string): Promise<InboundMailDetail> {
    return this.queries.get(id);
  }

  /** A file that came with the mail, for saving. */
  @Get(':id/attachments/:attachmentId')
  @Allow('inbox.read')
  async attachment(
    @Id() id: string,
    @Id('attachmentId') attachmentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.open(await this.queries.fileOf(id, attachmentId));
    await sendFile(reply, file);
  }

  /**
   * Gives a mail to a lead; a reply then counts as the investor's answer. One that went to a wrong lead goes over, unless
   * it answers a letter of that lead, was answered, or stopped a follow-up there.
   */
  @Post(':id/assign')
  @HttpCode(200)
  @Allow('inbox.write')
  async assign(
    @Id() id: string,
    @Body() body: AssignInboundMail,
    @IfMatch() version: number,
  ): Promise<InboundMailDetail> {
    await this.decisions.assign(id, body, version);
    return this.queries.get(id);
  }

  /** Nothing to do with it; `take-back` undoes it. */
  @Post(':id/set-aside')
  @HttpCode(200)
  @Allow('inbox.write')
  async setAside(@Id() id: string, @IfMatch() version: number): Promise<InboundMailDetail> {
    await this.decisions.setAside(id, version);
    return this.queries.get(id);
  }

  /** One that was set aside waits for a person again. */
  @Post(':id/take-back')
  @HttpCode(200)
  @Allow('inbox.write')
  async takeBack(@Id() id: string, @IfMatch() version: number): Promise<InboundMailDetail> {
    await this.decisions.takeBack(id, version);
    return this.queries.get(id);
  }
}
