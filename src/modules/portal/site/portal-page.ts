import { existsSync, readdirSync } from 'node:fs';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { pagesIn, STYLE_VERSION } from '../../../platform/pages/render.js';
import { siteDetails } from './site-details.js';

const portal = new URL('../', import.meta.url);

/** Each part of the portal keeps its own views; a name is used once among all of them. */
const FOLDERS = readdirSync(portal)
  .map((part) => new URL(`${part}/views/`, portal))
  .filter((folder) => existsSync(folder));

const render = pagesIn(...FOLDERS);

/** Each in its own language, so that a reader finds it. */
const LANGUAGE_NAMES: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English', zh: '中文' };
const LOCALES: Record<Language, string> = { vi: 'vi_VN', en: 'en_US', zh: 'zh_CN' };

/** What a page says of itself, so that its header, its language switch and its head are right. */
export interface PageFrame {
  /** A public page: its address without the language, '' for the first page. Indexed, with its other languages named. */
  path?: string;
  /** What follows the path for the reader, such as chosen filters: kept in the language switch, not in the canonical address. */
  query?: string;
  /** A public page that search engines should leave out. */
  noindex?: boolean;
  /** One sentence for search engines and for those who pass the address on. */
  description?: string;
  /** A personal page: its whole address, which takes `?lang=`. Never indexed. */
  self?: string;
  /** Of the header's links, the one that is shown: `clusters`, `enquiry` or `open-data`. */
  section?: string;
}

export const prefixOf = (language: Language): string => (language === 'vi' ? '' : `/${language}`);

/** Where a public page is in a language. */
export const pathIn = (language: Language, path: string): string => `${prefixOf(language)}${path}` || '/';

export async function portalPage(
  view: string,
  lang: Language,
  data: PageFrame & Record<string, unknown>,
): Promise<string> {
  const details = siteDetails();
  const languages = LANGUAGES.map((code) => ({
    code,
    name: LANGUAGE_NAMES[code],
    href: addressIn(code, data),
    current: code === lang,
  }));
  const site = {
    ...(await details?.host(lang)),
    prefix: prefixOf(lang),
    home: pathIn(lang, ''),
    section: data.section,
    stylesheet: `/site.css?v=${STYLE_VERSION}`,
    languages: languages.filter(({ href }) => href),
    ...(data.path !== undefined && !data.noindex && searchable(lang, data, details?.address ?? '')),
  };
  return render(view, lang, { ...data, site, languages: languages.filter(({ current }) => !current) });
}

function addressIn(code: Language, { path, query = '', self }: PageFrame): string | undefined {
  if (self !== undefined) return `${self}${self.includes('?') ? '&' : '?'}lang=${code}`;
  if (path === undefined) return undefined;
  // the first page without a word of language or filter answers in the browser's language
  if (code === 'vi' && path === '' && !query) return '/?lang=vi';
  return `${pathIn(code, path)}${query}`;
}

function searchable(lang: Language, { path = '', description }: PageFrame, address: string): object {
  return {
    canonical: `${address}${pathIn(lang, path)}`,
    alternates: LANGUAGES.map((code) => ({ code, href: `${address}${pathIn(code, path)}` })),
    unspoken: `${address}${pathIn('vi', path)}`,
    locale: LOCALES[lang],
    description,
  };
}
