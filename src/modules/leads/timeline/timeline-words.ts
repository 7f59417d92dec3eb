import { hasWords, translate, type Language } from '../../../platform/i18n/i18n.js';
import { isExit } from '../pipelines/stage.rules.js';

/** Data fields that hold a code, and the beginning of the key of its words. */
const CODED: Record<string, string> = {
  kind: 'activity_',
  answer: 'answer_',
  lostReason: 'lost_reason_',
  source: 'source_',
  language: 'enquiry_language_',
};

/** Fields that hold a stage code in entries about stages. */
const STAGES = ['from', 'to', 'stage'];
const ABOUT_STAGES = new Set([
  'lead_opened',
  'stage_changed',
  'stage_went_back',
  'reopened',
  'lost',
  'put_to_sleep',
  'woken',
]);

/** Why a mail did not go, in words: of this very code, of its kind (`smtp_550`, `smtp_5xx`, `smtp`), or of none. */
function mailReason(language: Language, code: string): string {
  const kinds = [code, code.replace(/\d\d$/, 'xx'), code.split('_')[0]!, 'other'];
  const key = kinds.map((kind) => `leads:mail_reason_${kind}`).find((one) => hasWords(language, one))!;
  return translate(language, key);
}

/** One line that tells the entry; kinds without words show themselves. */
export function timelineWords(
  language: Language,
  entry: { kind: string; data: Record<string, unknown> },
  stageNames: ReadonlyMap<string, string>,
): string {
  const key = `leads:timeline_${entry.kind}`;
  if (!hasWords(language, key)) return entry.kind;
  const words: Record<string, unknown> = { ...entry.data };
  for (const [field, beginning] of Object.entries(CODED)) {
    const code = words[field];
    const its = `leads:${beginning}${String(code)}`;
    if (typeof code === 'string' && hasWords(language, its)) words[field] = translate(language, its);
  }
  if (entry.kind.startsWith('mail_')) words.reason = mailReason(language, String(words.reason ?? 'other'));
  for (const field of ABOUT_STAGES.has(entry.kind) ? STAGES : []) {
    const code = words[field];
    if (typeof code !== 'string') continue;
    words[field] = isExit(code) ? translate(language, `leads:exit_${code}`) : (stageNames.get(code) ?? code);
  }
  if (typeof words.wakeOn === 'string') words.wakeOn = words.wakeOn.split('-').reverse().join('/');
  return translate(language, key, words);
}
