import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody, sendProblem, toProblem } from '../../../platform/http/problem.filter.js';
import { LANGUAGES, preferredLanguage, type Language } from '../../../platform/i18n/i18n.js';
import { portalPage } from './portal-page.js';

/** A person gets a page that says what is wrong; a program gets the problem document. */
@Catch()
export class LinkProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Links');

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest<{ Querystring: { lang?: string } }>>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500 || !request.headers.accept?.includes('text/html'))
      return sendProblem(error, request, reply, this.logger);
    const language =
      LANGUAGES.find((one) => one === request.query.lang) ??
      preferredLanguage(request.headers['accept-language'], LANGUAGES);
    const body = problemBody(problem, language);
    const reasons = body.errors?.map(({ message }) => message) ?? [body.detail];
    void reply
      .status(problem.status)
      .header('content-type', 'text/html; charset=utf-8')
      .send(await page(language, reasons));
  }
}

function page(language: Language, reasons: string[]): Promise<string> {
  return portalPage('link-problem', language, { reasons });
}
