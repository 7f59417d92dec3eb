import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Public } from '../../platform/http/allow.js';
import { NotFound, ProblemError } from '../../platform/http/problem.js';
import { InboundReceipt } from './inbound-mails.dto.js';
import { isSigned, isTimely } from './inbound-signature.rules.js';
import { InboxService } from './inbox.service.js';
import { LARGEST_MAIL } from './incoming-mail.js';

export const RAW_MAIL = 'message/rfc822';

/** Where a mail server hands over what it received. */
@ApiTags('public')
@Controller('api/public/v1/inbound-mail')
export class InboundWebhookController {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly inbox: InboxService,
  ) {}

  /**
   * The raw message (RFC 5322) as `message/rfc822`, at most 25 MB. `x-inbound-timestamp`: Unix seconds, at most five
   * minutes off; `x-inbound-signature`: HMAC-SHA256 of `<timestamp>.<body>` in hexadecimal. The same again is harmless.
   * 404 where no secret is set.
   */
  @Public()
  @RouteConfig({ rateLimit: { max: 1200, timeWindow: '1 minute' } })
  @Post()
  @HttpCode(202)
  @ApiConsumes(RAW_MAIL)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async receive(
    @Req() request: FastifyRequest,
    @Headers('x-inbound-timestamp') timestamp?: string,
    @Headers('x-inbound-signature') signature?: string,
  ): Promise<InboundReceipt> {
    const secret = this.config.inboundMailSecret;
    if (!secret) throw new NotFound();
    if (request.headers['content-type']?.split(';')[0]!.trim().toLowerCase() !== RAW_MAIL)
      throw new ProblemError(415, 'unsupported_media_type');
    const now = this.clock.now();
    if (!isTimely(timestamp, now)) throw new ProblemError(401, 'inbound_signature_invalid');
    const source = await readBody(request);
    if (!isSigned({ timestamp, signature }, source, secret))
      throw new ProblemError(401, 'inbound_signature_invalid');
    const result = await this.inbox.take(await this.inbox.open(source), {
      channel: 'webhook',
      receivedAt: now,
    });
    return { result };
  }
}

/** Read here and not by the server's parsers: nothing of it is taken in before it is known that there is a secret. */
async function readBody(request: FastifyRequest): Promise<Buffer> {
  const tooLarge = new ProblemError(413, 'file_too_large', { megabytes: LARGEST_MAIL / 1024 / 1024 });
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_MAIL) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_MAIL) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
