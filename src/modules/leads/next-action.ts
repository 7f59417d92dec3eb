import { translate, type Language } from '../../platform/i18n/i18n.js';
import type { InvestorAnswer } from './lead.entity.js';

/** A next action that the program proposes, in the words of the officer who will read it. */
export function nextActionWords(language: Language, why: InvestorAnswer | 'woken'): string {
  return translate(language, `leads:next_action_${why}`);
}

/** The words, in every language, of what an answer asked for: once it is done something else comes next. */
export function nextActionsBefore(why: InvestorAnswer): string[] {
  return [...new Set((['vi', 'en'] as const).map((language) => nextActionWords(language, why)))];
}
