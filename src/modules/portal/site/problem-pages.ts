import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problemBody } from '../../../platform/http/problem.filter.js';
import type { ProblemError } from '../../../platform/http/problem.js';
import { LANGUAGES, preferredLanguage, translate, type Language } from '../../../platform/i18n/i18n.js';
import { showProblemsAs } from '../../../platform/pages/problem-page.js';
import { portalPage } from './portal-page.js';

/** Addresses of programs, of the officers' app and of the local mailbox have answers of their own. */
const ELSEWHERE = /^\/(api|app|health|mailbox|site\.css|sitemap\.xml|robots\.txt)(?=[/?]|$)|^\/open-data\/./;

/** Lets the whole program answer a person with these pages. */
@Injectable()
export class ProblemPages implements OnModuleInit {
  onModuleInit(): void {
    showProblemsAs(siteProblem);
  }
}

/** Every problem under the public addresses, in the site's look and the reader's language. */
function siteProblem(request: FastifyRequest, problem: ProblemError): Promise<string> | null {
  return ELSEWHERE.test(request.url) ? null : problemIn(languageOf(request), problem);
}

export function problemIn(language: Language, problem: ProblemError): Promise<string> {
  const say = (key: string): string => translate(language, `pages:${key}`);
  const body = problemBody(problem, language);
  const known = problem.status >= 500 ? 'problem_500' : problem.code === 'not_found' ? 'problem_404' : null;
  return portalPage('link-problem', language, {
    heading: say(known ? `${known}_title` : titleOf(problem)),
    reasons: known ? [say(`${known}_text`)] : (body.errors?.map(({ message }) => message) ?? [body.detail]),
  });
}

/** By the address, then by the wish in it, then by the browser. */
export function languageOf(request: FastifyRequest): Language {
  const [, prefix] = /^\/(en|zh)(?=[/?]|$)/.exec(request.url) ?? [];
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  return (
    LANGUAGES.find((one) => one === prefix) ??
    LANGUAGES.find((one) => one === lang) ??
    preferredLanguage(request.headers['accept-language'], LANGUAGES)
  );
}

function titleOf({ code, status }: ProblemError): string {
  if (code === 'unknown_cluster') return 'problem_404_title';
  return code.startsWith('link_') || status === 400 ? 'link_problem_title' : 'problem_other_title';
}
