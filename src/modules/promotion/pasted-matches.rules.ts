import type { FirmMatch } from '../directory/matching.queries.js';
import type { LineStatus } from './pasted.dto.js';
import type { PastedFields, PastedLine, PastedProblem } from './pasted-list.rules.js';

/** Below it two names have nothing to do with each other, whatever number or address they share. */
const UNLIKE = 0.3;

export interface JudgedLine {
  line: number;
  status: LineStatus;
  fields: PastedFields;
  firm: FirmMatch | null;
  candidates: FirmMatch[];
  problems: PastedProblem[];
}

/** Certain is a tax code, or else the one firm to which every sign points and which nothing contradicts. */
export function judgeMatches(
  { line, fields, problems }: PastedLine,
  { same, near }: { same: readonly FirmMatch[]; near: readonly FirmMatch[] },
): JudgedLine {
  const byTaxCode = same.find((match) => match.reasons.includes('same_tax_code'));
  const only = same.length === 1 && !contradicts(same[0]!, fields) ? same[0]! : null;
  const firm = byTaxCode ?? only;
  const candidates = firm ? [] : [...same, ...near].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, 5);
  const nameless: PastedProblem[] =
    firm === null && candidates.length === 0 && fields.firmName === null && problems.length === 0
      ? [{ field: 'firmName', code: 'firm_name_missing' }]
      : [];
  const all = [...problems, ...nameless];
  const status = all.length > 0 ? 'invalid' : firm ? 'matched' : candidates.length > 0 ? 'ambiguous' : 'new';
  return { line, status, fields, firm, candidates, problems: all };
}

function contradicts(match: FirmMatch, fields: PastedFields): boolean {
  if (match.taxCode !== null && fields.taxCode !== null && match.taxCode !== fields.taxCode) return true;
  return match.similarity !== null && match.similarity < UNLIKE;
}

function weightOf({ reasons, similarity }: FirmMatch): number {
  const exact = reasons.filter((reason) => reason !== 'near_name').length;
  return exact + (similarity ?? 0);
}
