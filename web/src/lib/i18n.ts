import i18n, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'language';
const files = import.meta.glob<{ default: object }>('../locales/*/*.json');

async function deliver(file: Promise<{ default: object }>, done: ReadCallback): Promise<void> {
  const outcome = await file.then(
    (module) => ({ error: null, words: module.default }),
    (error: Error) => ({ error, words: null }),
  );
  done(outcome.error, outcome.words);
}

/** Reads a page's words when the page is first shown. */
const words: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const file = files[`../locales/${language}/${namespace}.json`];
    if (!file) return done(new Error(`no words: ${language}/${namespace}`), null);
    void deliver(file(), done);
  },
};

/** The language chosen on this device; Vietnamese until someone chooses. */
function remembered(): Language {
  try {
    return LANGUAGES.find((language) => language === localStorage.getItem(KEY)) ?? 'vi';
  } catch {
    return 'vi';
  }
}

export async function startWords(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // it is asked again next time
    }
  });
  await i18n
    .use(words)
    .use(initReactI18next)
    .init({
      lng: remembered(),
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false, skipOnVariables: true },
      returnNull: false,
    });
}
