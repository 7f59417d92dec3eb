import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../platform/config/config.js';
import { Forbidden, Invalid, ProblemError } from '../../platform/http/problem.js';
import { AUTH_PATH, CLIENT_ADDRESS_HEADER } from './auth-options.js';
import { Auth } from './auth.js';
import { isSameSite } from './same-site.rules.js';

/** better-auth's codes in the words of our contract; anything else is answered by its status alone. */
const PROBLEMS: Record<string, () => ProblemError> = {
  INVALID_EMAIL_OR_PASSWORD: () => new ProblemError(401, 'wrong_email_or_password'),
  INVALID_EMAIL: () => new ProblemError(401, 'wrong_email_or_password'),
  ACCOUNT_DEACTIVATED: () => new Forbidden('account_deactivated'),
  INVALID_PASSWORD: () => new Invalid('currentPassword', 'wrong_password'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => new Invalid('currentPassword', 'wrong_password'),
  INVALID_TOKEN: () => new Invalid('token', 'link_used_or_expired'),
  UNAUTHORIZED: () => new ProblemError(401, 'sign_in_required'),
  INVALID_ORIGIN: () => new Forbidden('foreign_origin'),
  MISSING_OR_NULL_ORIGIN: () => new Forbidden('foreign_origin'),
};

const STATUS_CODES: Record<number, string> = {
  401: 'sign_in_required',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
};

/** One request and its answer, whose cookies better-auth writes. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Hands a Fastify request to better-auth and its cookies back; its failures become problems of ours. */
@Injectable()
export class AuthBridge {
  constructor(
    private readonly auth: Auth,
    private readonly config: Config,
  ) {}

  /** A foreign page may not even sign someone in: the Origin counts with and without a cookie. */
  async post<T>(path: string, body: object, exchange: Exchange): Promise<T> {
    if (!isSameSite(exchange.request.headers, this.config.appUrl)) throw new Forbidden('foreign_origin');
    return this.call<T>(path, exchange, { method: 'POST', body: JSON.stringify(body) });
  }

  /** Moves the end of a session that is used, once a day, and the browser's cookie with it. */
  async keepSession(exchange: Exchange): Promise<void> {
    await this.call('/get-session', exchange, { method: 'GET' });
  }

  private async call<T>(path: string, { request, reply }: Exchange, init: RequestInit): Promise<T> {
    const origin = new URL(this.config.appUrl).origin;
    const headers = new Headers({
      'content-type': 'application/json',
      origin,
      [CLIENT_ADDRESS_HEADER]: request.ip,
    });
    if (request.headers.cookie) headers.set('cookie', request.headers.cookie);
    if (request.headers['user-agent']) headers.set('user-agent', request.headers['user-agent'].slice(0, 400));
    const response = await this.auth.library.handler(
      new Request(`${origin}${AUTH_PATH}${path}`, { ...init, headers }),
    );
    for (const cookie of response.headers.getSetCookie()) void reply.header('set-cookie', cookie);
    void reply.header('cache-control', 'no-store');
    const text = await response.text();
    if (response.ok) return (text ? JSON.parse(text) : null) as T;
    const wait = response.headers.get('x-retry-after');
    if (wait) void reply.header('retry-after', wait);
    throw toProblem(response.status, text, wait);
  }
}

function toProblem(status: number, text: string, wait: string | null): ProblemError {
  const known = PROBLEMS[codeOf(text)];
  if (known) return known();
  if (status >= 500) return new ProblemError(500, 'internal_error');
  return new ProblemError(status, STATUS_CODES[status] ?? 'bad_request', wait ? { after: `${wait} s` } : {});
}

function codeOf(text: string): string {
  try {
    return String((JSON.parse(text) as { code?: unknown } | null)?.code ?? '');
  } catch {
    return '';
  }
}
