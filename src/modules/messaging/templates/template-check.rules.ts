import { ProblemError, type FieldFault } from '../../../platform/http/problem.js';
import { textLiquid, htmlLiquid } from '../letters/liquid.js';
import { isSafeAddress, linkAddresses, toHtml, toText } from '../letters/markup.rules.js';
import { syntaxFault } from './template-syntax.rules.js';
import type { MailAudience } from './template.entity.js';
import { isKnown, variableNames, type Loops } from './template-variables.rules.js';

export interface TextSource {
  subject: string;
  body: string;
}

/** Refuses, with every fault at its field, a text that could not be sent. @param path where it stands in the request, such as `texts.0.` */
export function checkText(text: TextSource, audience: MailAudience, path = ''): void {
  const faults = [
    ...checkField(text.subject, audience, `${path}subject`),
    ...checkField(text.body, audience, `${path}body`),
  ];
  for (const address of linkAddresses(text.body)) {
    if (!isSafeAddress(address))
      faults.push({ path: `${path}body`, code: 'unsafe_link', params: { address: address.slice(0, 100) } });
  }
  if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
}

function checkField(source: string, audience: MailAudience, path: string): FieldFault[] {
  try {
    // as it was written first, so that a fault has the line that its writer sees
    const unknown = unknownVariables(source, audience);
    textLiquid.parse(toText(source));
    htmlLiquid.parse(toHtml(source));
    return unknown.map((variable) => ({
      path,
      code: 'unknown_variable',
      params: { variable, allowed: variableNames(audience).join(', ') },
    }));
  } catch (error) {
    return [syntaxFault(error, path)];
  }
}

/** Names that are no variable of this audience, each once, as written. */
export function unknownVariables(source: string, audience: MailAudience): string[] {
  const loops: Loops = new Map(
    [...source.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+(\w+)/g)].map((match) => [match[1]!, match[2]!]),
  );
  const { variables } = textLiquid.parseAndAnalyzeSync(source);
  const names = Object.values(variables)
    .flat()
    .filter((variable) => !isKnown(audience, variable.segments, loops))
    .map((variable) => written(variable.segments));
  return [...new Set(names)];
}

function written(segments: readonly unknown[]): string {
  return segments.map((segment) => (typeof segment === 'object' ? '[…]' : String(segment))).join('.');
}
