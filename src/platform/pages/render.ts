import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { translate, type Language } from '../i18n/i18n.js';

const engine = new Liquid({
  root: fileURLToPath(new URL('./views/', import.meta.url)),
  extname: '.liquid',
  outputEscape: 'escape',
  cache: true,
  strictFilters: true,
  ownPropertyOnly: true,
});

engine.registerFilter('t', function (this: { context: { getSync(path: string[]): unknown } }, key: string, ...params: [string, unknown][]) {
  return translate(this.context.getSync(['lang']) as Language, `pages:${key}`, Object.fromEntries(params));
});

/** A small server-rendered page; whatever is put into it is escaped, and it needs no script. */
export async function renderPage(view: string, lang: Language, data: object): Promise<string> {
  return engine.renderFile(view, { ...data, lang }) as Promise<string>;
}
