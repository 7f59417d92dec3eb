import { translate, type Language } from '../../platform/i18n/i18n.js';
import type { InvestorAnswer } from './lead.entity.js';

/** A next action that the program proposes, in the words of the officer who will read it. */
export function nextActionWords(language: Language, why: InvestorAnswer | 'woken'): string {
  return translate(language, `leads:next_action_${why}`);
}
