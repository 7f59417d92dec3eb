import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../../platform/config/config.js';
import type { OpenFile } from '../../../platform/files/files.js';
import { Forbidden, NotFound } from '../../../platform/http/problem.js';
import { problemBody, toProblem } from '../../../platform/http/problem.filter.js';
import { checkedBody } from '../../../platform/http/validation.pipe.js';
import { CaseAccess, type CaseViewer } from './case-access.service.js';
import { caseCookie, caseTokens, comesFromOurPage } from './case-cookie.rules.js';
import type { EmailChange } from './case-emails.service.js';
import { isId } from './case-token.rules.js';
import { CaseLinks } from './case-links.service.js';
import { CasePages } from './case-pages.js';
import { CaseQueries } from './case.queries.js';
import type { CasePageQuery } from './case.dto.js';

/** Between the routes of cases and what happens behind them: who is let in, and what a browser gets back. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly config: Config,
    private readonly access: CaseAccess,
    private readonly links: CaseLinks,
    private readonly pages: CasePages,
    private readonly queries: CaseQueries,
  ) {}

  /** 404 `case_not_found` for everybody who may not. A form of another site's is refused before. */
  async enter(caseId: string, request: FastifyRequest): Promise<CaseViewer> {
    this.assertOurPage(request);
    return this.access.enter(caseId, caseTokens(request.headers.cookie, this.config.appUrl));
  }

  assertOurPage(request: FastifyRequest): void {
    if (!comesFromOurPage(request.method, request.headers, this.config.appUrl))
      throw new Forbidden('foreign_origin');
  }

  async ask(token: string, { lang }: CasePageQuery, reply: FastifyReply): Promise<void> {
    send(reply, await this.pages.ask(await this.links.read(token), token, lang));
  }

  async open(
    { token, press, query }: { token: string; press: string; query: CasePageQuery },
    reply: FastifyReply,
  ): Promise<void> {
    const pressed = await this.links.press(token, press);
    if (!pressed) return send(reply, await this.pages.asked(await this.links.read(token), token, query.lang));
    void reply.header('set-cookie', caseCookie(this.config.appUrl, pressed.caseId, pressed.token));
    go(reply, pressed.caseId, query);
  }

  async showEmailChange(
    token: string,
    change: EmailChange,
    { query, done }: { query: CasePageQuery; done: boolean },
    reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.pages.email(token, change, { lang: query.lang, done }));
  }

  async show(viewer: CaseViewer, query: CasePageQuery, reply: FastifyReply): Promise<void> {
    await this.access.noteVisit(viewer);
    send(reply, await this.pages.show(viewer, query));
  }

  async document(viewer: CaseViewer, documentId: string): Promise<OpenFile> {
    if (!isId(documentId)) throw new NotFound('case_not_found');
    return this.queries.openDocument(viewer, documentId);
  }

  /** What the form's fields are; 400 names those that are wrong. */
  form<B extends object>(request: FastifyRequest, Body: new () => B): Promise<B> {
    return checkedBody(Body, request.body);
  }

  /** Done: the page again, which says so, so that a reload does nothing twice. Refused: the page with what was typed and why. */
  async attempt(
    reply: FastifyReply,
    viewer: CaseViewer,
    query: CasePageQuery,
    form: NonNullable<CasePageQuery['done']>,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500 || problem.code === 'case_not_found') throw error;
      const language = query.lang ?? viewer.language;
      const body = problemBody(problem, language);
      const reasons = body.errors?.map(({ message }) => message) ?? [body.detail];
      const typed = (reply.request.body ?? {}) as Record<string, unknown>;
      const page = await this.pages.show(viewer, { lang: query.lang, refused: { form, typed, reasons } });
      return send(reply, page, problem.status);
    }
    go(reply, viewer.caseId, query, form);
  }

  async signOut(
    { caseId, language }: CaseViewer,
    request: FastifyRequest,
    query: CasePageQuery,
    reply: FastifyReply,
  ): Promise<void> {
    await this.access.signOut(caseId, caseTokens(request.headers.cookie, this.config.appUrl));
    void reply.header('set-cookie', caseCookie(this.config.appUrl, caseId, null));
    send(reply, await this.pages.gone(query.lang ?? language, true));
  }
}

function send(reply: FastifyReply, page: string, status = 200): void {
  void quiet(reply).status(status).header('content-type', 'text/html; charset=utf-8').send(page);
}

function go(reply: FastifyReply, caseId: string, { lang }: CasePageQuery, done?: string): void {
  const query = new URLSearchParams({ ...(lang && { lang }), ...(done && { done }) }).toString();
  void quiet(reply)
    .status(303)
    .header('location', `/case/${caseId}${query && `?${query}`}${done ? `#${done}` : ''}`)
    .send();
}

/** Nobody keeps it, indexes it, or learns its address from the next page. */
function quiet(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow');
}
