import type { FastifyRequest } from 'fastify';
import type { ProblemError } from '../http/problem.js';

/** What a person reads instead of a problem document; null where the address is none of the site's. */
export type ProblemPage = (request: FastifyRequest, problem: ProblemError) => Promise<string> | null;

let page: ProblemPage | undefined;

/** The module that has the site's look says how a problem looks in it. */
export function showProblemsAs(shown: ProblemPage): void {
  page = shown;
}

/** Null for a program, and for a browser outside the site. */
export function problemPage(request: FastifyRequest, problem: ProblemError): Promise<string> | null {
  if (!page || !request.headers.accept?.includes('text/html')) return null;
  return page(request, problem);
}
