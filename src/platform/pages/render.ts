import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { translate, type Language } from '../i18n/i18n.js';

export type RenderPage = (view: string, lang: Language, data: object) => Promise<string>;

const shared = new URL('./views/', import.meta.url);

interface FilterScope {
  context: { getSync(path: string[]): unknown };
}

/**
 * Small server-rendered pages from a folder of views, with the shared layout. Whatever is put into one is
 * escaped, and it needs no script. `{{ 'key' | t }}` gives the words of the namespace `pages`.
 */
export function pagesIn(folder: URL): RenderPage {
  const engine = new Liquid({
    root: [fileURLToPath(folder), fileURLToPath(shared)],
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
