import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody, sendProblem, toProblem } from '../../../platform/http/problem.filter.js';
import { LANGUAGES, preferredLanguage } from '../../../platform/i18n/i18n.js';
import { portalPage } from '../site/portal-page.js';

/** Whoever may not see a case reads one and the same page, whatever the reason. */
@Catch()
export class CaseProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Cases');

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest<{ Querystring: { lang?: string } }>>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) return sendProblem(error, request, reply, this.logger);
    const language =
      LANGUAGES.find((one) => one === request.query.lang) ??
      preferredLanguage(request.headers['accept-language'], LANGUAGES);
    const body = problemBody(problem, language);
    const page =
      problem.code === 'case_not_found'
        ? portalPage('case-gone', language, {})
        : portalPage('link-problem', language, {
            reasons: body.errors?.map(({ message }) => message) ?? [body.detail],
          });
    void reply
      .status(problem.status)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await page);
  }
}
