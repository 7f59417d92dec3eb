import type { Language } from '../../../platform/i18n/i18n.js';
import { pagesIn } from '../../../platform/pages/render.js';

const render = pagesIn(new URL('./views/', import.meta.url));

/** Each in its own language, so that a reader finds it. */
const LANGUAGE_NAMES = [
  { code: 'vi', name: 'Tiếng Việt' },
  { code: 'en', name: 'English' },
  { code: 'zh', name: '中文' },
];

export function portalPage(view: string, lang: Language, data: object): Promise<string> {
  return render(view, lang, { ...data, languages: LANGUAGE_NAMES.filter(({ code }) => code !== lang) });
}
