import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Clock } from '../clock/clock.js';
import { Public } from '../http/allow.js';
import { NotFound } from '../http/problem.js';
import { preferredLanguage } from '../i18n/i18n.js';
import { sharedPage } from '../pages/render.js';
import { LocalMailbox, type MailboxEntry, type MailboxMail } from './local-mailbox.js';
import { Mailer } from './mailer.js';

class MailboxQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/**
 * The mailbox of a machine without a mail server. It holds everybody's links, so it opens only on that very
 * machine: never in production, never through a proxy, never under a name that another site could point here.
 */
@ApiExcludeController()
@Controller('mailbox')
export class MailboxController {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async page(@Req() request: FastifyRequest, @Query() query: MailboxQuery): Promise<string> {
    const mails = await this.open(request).list(query.limit ?? 100);
    const shown = mails.map((mail) => ({ ...mail, at: this.local(mail.sentAt) }));
    return sharedPage('mailbox', preferredLanguage(request.headers['accept-language']), { mails: shown });
  }

  @Public()
  @Get('messages.json')
  async list(
    @Req() request: FastifyRequest,
    @Query() query: MailboxQuery,
  ): Promise<{ items: MailboxEntry[] }> {
    return { items: await this.open(request).list(query.limit ?? 100) };
  }

  @Public()
  @Get(':id.json')
  async read(@Req() request: FastifyRequest, @Param('id') id: string): Promise<MailboxMail> {
    return this.get(request, id);
  }

  @Public()
  @Get(':id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: FastifyRequest, @Param('id') id: string): Promise<string> {
    const mail = await this.get(request, id);
    return sharedPage('mail', preferredLanguage(request.headers['accept-language']), {
      ...mail,
      at: this.local(mail.sentAt),
    });
  }

  private async get(request: FastifyRequest, id: string): Promise<MailboxMail> {
    const mail = await this.open(request).find(id);
    if (!mail) throw new NotFound();
    return mail;
  }

  private open(request: FastifyRequest): LocalMailbox {
    const here = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
    const forwarded = Object.keys(request.headers).some((name) =>
      /^(?:x-forwarded-|forwarded$|via$|x-real-ip$|x-client-ip$|cf-)/.test(name),
    );
    const named = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
    if (this.config.production || !here || forwarded || !named || !(this.mailer instanceof LocalMailbox))
      throw new NotFound();
    return this.mailer;
  }

  private local(instant: string | null): string {
    return instant ? this.clock.local(new Date(instant)).toFormat('dd/MM/yyyy HH:mm') : '';
  }
}
