import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem, toProblem } from '../../../platform/http/problem.filter.js';
import { languageOf, problemIn } from './problem-pages.js';

/** A person gets a page that says what is wrong; a program gets the problem document. */
@Catch()
export class LinkProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Links');

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500 || !request.headers.accept?.includes('text/html'))
      return sendProblem(error, request, reply, this.logger);
    void reply
      .status(problem.status)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await problemIn(languageOf(request), problem));
  }
}
