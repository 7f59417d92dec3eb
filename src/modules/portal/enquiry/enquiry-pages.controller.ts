import { Controller, Get, Header, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../../platform/config/config.js';
import { Public } from '../../../platform/http/allow.js';
import { Forbidden, NotFound } from '../../../platform/http/problem.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { isSameSite } from '../../identity/same-site.rules.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { EnquiryForms } from './enquiry-forms.service.js';
import { EnquiryPages } from './enquiry-pages.js';
import { readReceiptToken, senderOf, type Receipt } from './form-token.rules.js';
import { readTyped } from './typed-enquiry.js';
import { UnconfirmedEnquiries } from './unconfirmed-enquiries.service.js';

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;
/** A form is given out for one use: no cache keeps it. */
const FRESH = ['cache-control', 'no-store'] as const;
/** Without it a browser hides, from us too, that the form was sent from our own page: `Origin: null`. */
const OWN_ORIGIN = ['referrer-policy', 'same-origin'] as const;
const READ = { rateLimit: { max: 300, timeWindow: '1 minute' } };
/** Before anything is looked at; how many become enquiries is counted apart. */
const WRITE = { rateLimit: { max: 30, timeWindow: '1 minute' } };
const PREFIXES = ['', ':lang(en|zh)'];

/** An enquiry by a page that needs no script. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller(PREFIXES)
export class EnquiryPagesController {
  constructor(
    private readonly forms: EnquiryForms,
    private readonly unconfirmed: UnconfirmedEnquiries,
    private readonly pages: EnquiryPages,
    private readonly config: Config,
  ) {}

  @Public()
  @RouteConfig(READ)
  @Get('enquiry')
  @Header(...HTML)
  @Header(...FRESH)
  @Header(...OWN_ORIGIN)
  form(@Param('lang') prefix?: string, @Query('cluster') cluster?: string | string[]): Promise<string> {
    return this.pages.blank(languageOf(prefix), cluster, this.forms.newToken());
  }

  /** After success the browser goes elsewhere, so that reading the page again sends nothing. */
  @Public()
  @RouteConfig(WRITE)
  @Post('enquiry')
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.assertOurPage(request);
    const language = languageOf((request.params as { lang?: string }).lang);
    const typed = readTyped(request.body);
    const outcome = await this.forms.send(typed, senderOf(request.ip, this.config.secretKey), language);
    if ('receipt' in outcome) return this.goTo(reply, language, outcome.receipt);
    const page = await this.pages.form(language, typed, outcome);
    void reply
      .status(outcome.status)
      .header(...HTML)
      .header(...FRESH)
      .header(...OWN_ORIGIN)
      .send(page);
  }

  @Public()
  @RouteConfig(READ)
  @Get('enquiry/received/:token')
  @Header(...HTML)
  received(@Param('token') token: string, @Param('lang') prefix?: string): Promise<string> {
    const receipt = readReceiptToken(token, this.config.secretKey);
    if (!receipt) throw new NotFound('link_not_found');
    return this.pages.received(languageOf(prefix), receipt, token);
  }

  /** Mail scanners open every link: only the button confirms. */
  @Public()
  @RouteConfig(READ)
  @Get('enquiry/confirm/:token')
  async ask(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Param('lang') prefix?: string,
  ): Promise<void> {
    const language = languageOf(prefix);
    const waiting = await this.unconfirmed.read(token);
    if (!waiting) return this.goTo(reply, language, await this.unconfirmed.confirm(token));
    void reply
      .header(...HTML)
      .header(...OWN_ORIGIN)
      .send(await this.pages.confirm(language, waiting, token));
  }

  @Public()
  @RouteConfig(WRITE)
  @Post('enquiry/confirm/:token')
  async confirm(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<void> {
    this.assertOurPage(request);
    const language = languageOf((request.params as { lang?: string }).lang);
    return this.goTo(reply, language, await this.unconfirmed.confirm(token));
  }

  @Public()
  @RouteConfig(READ)
  @Get('privacy')
  @Header(...HTML)
  privacy(@Param('lang') prefix?: string): Promise<string> {
    return this.pages.privacy(languageOf(prefix));
  }

  private assertOurPage(request: FastifyRequest): void {
    if (!isSameSite(request.headers, this.config.appUrl)) throw new Forbidden('foreign_origin');
  }

  private goTo(reply: FastifyReply, language: Language, receipt: Receipt): void {
    void reply.status(303).header('location', this.pages.receiptPath(language, receipt)).send();
  }
}

function languageOf(prefix: string | undefined): Language {
  return LANGUAGES.find((one) => one === prefix) ?? 'vi';
}
