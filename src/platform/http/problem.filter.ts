import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { preferredLanguage, translate, type Language } from '../i18n/i18n.js';
import { problemPage } from '../pages/problem-page.js';
import { framesOf, safeMessage } from './logging.js';
import { AlreadyExists, ProblemError } from './problem.js';
import { RuleError } from './rule-error.js';

const CODE_OF_STATUS: Record<number, string> = {
  400: 'bad_request',
  401: 'sign_in_required',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

/** What PostgreSQL itself refuses, as the last line behind the services' own checks. */
const PROBLEM_OF_SQLSTATE: Record<string, [number, string]> = {
  '23505': [409, 'already_exists'],
  '23503': [409, 'still_referenced_or_missing'],
  '23514': [400, 'out_of_range'],
  '22001': [400, 'too_long'],
  '22003': [400, 'out_of_range'],
  '22007': [400, 'invalid_date'],
  '22008': [400, 'invalid_date'],
  '22021': [400, 'invalid_characters'],
  '22P02': [400, 'bad_request'],
  '22P05': [400, 'invalid_characters'],
  '40001': [409, 'try_again'],
  '40P01': [409, 'try_again'],
  '55P03': [409, 'try_again'],
};

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** Of what is there already. */
  existingId?: string;
  errors?: { path: string; code: string; message: string }[];
}

export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof RuleError) return new ProblemError(409, error.code, error.params);
  if (error instanceof HttpException) return ofStatus(error.getStatus());
  if (error instanceof QueryFailedError) {
    const driver = error.driverError as { code?: string; constraint?: string };
    const known = PROBLEM_OF_SQLSTATE[driver.code ?? ''];
    if (known) return new ProblemError(known[0], known[1], { constraint: driver.constraint });
  }
  const status = (error as { statusCode?: unknown }).statusCode;
  return ofStatus(typeof status === 'number' && status >= 400 && status < 500 ? status : 500);
}

function ofStatus(status: number): ProblemError {
  return new ProblemError(
    status,
    CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal_error' : 'bad_request'),
  );
}

export function problemBody(problem: ProblemError, language: Language): ProblemBody {
  const words = (code: string, params: Record<string, unknown>) =>
    translate(language, `errors:${code}`, params);
  return {
    type: `urn:dong-hanh:problem:${problem.code}`,
    title: translate(language, `errors:status_${problem.status}`),
    status: problem.status,
    detail: words(problem.code, problem.params),
    code: problem.code,
    ...(problem instanceof AlreadyExists && { existingId: problem.existingId }),
    ...(problem.faults.length > 0 && {
      errors: problem.faults.map(({ path, code, params }) => ({
        path,
        code,
        message: words(code, params ?? {}),
      })),
    }),
  };
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.logger);
  }
}

/** Also for errors that Fastify meets before Nest does (a broken body, an unknown path). */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): void {
  const problem = toProblem(error);
  if (problem.status >= 500) {
    logger.error({
      requestId: request.id,
      err:
        error instanceof Error
          ? { name: error.name, message: safeMessage(error), stack: framesOf(error) }
          : 'unknown',
    });
  }
  void reply.status(problem.status);
  const page = problemPage(request, problem);
  if (page) void sendPage(page, reply, () => sendDocument(problem, request, reply));
  else sendDocument(problem, request, reply);
}

function sendDocument(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  const body = problemBody(problem, preferredLanguage(request.headers['accept-language']));
  void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}

/** Whatever fails in making the page, there is an answer. */
async function sendPage(page: Promise<string>, reply: FastifyReply, otherwise: () => void): Promise<void> {
  try {
    void reply.type('text/html; charset=utf-8').send(await page);
  } catch {
    otherwise();
  }
}
