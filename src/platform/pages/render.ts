import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { translate, type Language } from '../i18n/i18n.js';

export type RenderPage = (view: string, lang: Language, data: object) => Promise<string>;

const shared = new URL('./views/', import.meta.url);

/** The look of every page. A page that names no address for it carries it inside. */
export const STYLE = readFileSync(new URL('style.liquid', shared), 'utf8');
/** Changes with the look, so that a browser may keep it for ever. */
export const STYLE_VERSION = createHash('sha256').update(STYLE).digest('hex').slice(0, 10);

interface FilterScope {
  context: { getSync(path: string[]): unknown };
}

/**
 * Small server-rendered pages from folders of views, with the shared layout; a view's name is looked for in their
 * order. Whatever is put into one is escaped, and it needs no script. `{{ 'key' | t }}` gives the words of the
 * namespace `pages`.
 */
export function pagesIn(...folders: URL[]): RenderPage {
  const engine = new Liquid({
    root: [...folders, shared].map((folder) => fileURLToPath(folder)),
    extname: '.liquid',
    outputEscape: 'escape',
    cache: true,
    strictFilters: true,
    ownPropertyOnly: true,
  });
  engine.registerFilter('t', function (this: FilterScope, key: string, ...params: [string, unknown][]) {
    return translate(this.context.getSync(['lang']) as Language, `pages:${key}`, Object.fromEntries(params));
  });
  return (view, lang, data) => engine.renderFile(view, { ...data, lang }) as Promise<string>;
}

export const sharedPage = pagesIn(shared);
