import type { FieldFault } from '../../../platform/http/problem.js';
import { Word } from '../../../platform/i18n/word.js';

/** What Liquid's English says, and the words we have for it; the first that fits. */
const CAUSES: readonly [RegExp, string][] = [
  [/^tag \{%.* not closed/, 'block_open'],
  [/not closed/, 'mark_open'],
  [/^undefined filter/, 'filter'],
  [/^tag .* not found/, 'tag'],
];
const LIMIT = /limit exceeded/;

/** The text takes too long or grows too large. */
export function isTooHeavy(error: unknown): error is Error {
  return error instanceof Error && LIMIT.test(error.message);
}

/** What is wrong in a text, and in which of its lines, for somebody who is no programmer. */
export function syntaxFault(error: unknown, path: string): FieldFault {
  if (isTooHeavy(error)) return { path, code: 'template_too_heavy' };
  const message = error instanceof Error ? error.message.split('\n')[0]! : '';
  const line = Number(/, line:(\d+)/.exec(message)?.[1] ?? 1);
  const cause = CAUSES.find(([said]) => said.test(message))?.[1] ?? 'expression';
  return { path, code: 'template_syntax', params: { line, cause: new Word(`messaging:syntax_${cause}`) } };
}
