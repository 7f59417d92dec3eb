import { Liquid } from 'liquidjs';
import { escapeHtml } from './escape.rules.js';

const FILTERS = new Set([
  'default',
  'join',
  'size',
  'first',
  'last',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'truncate',
]);
const TAGS = new Set(['if', 'unless', 'case', 'for', 'break', 'continue']);

/** A template is written by an administrator, not by a programmer: what reads files or escapes nothing is taken out. */
function engine(escape: boolean): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    cache: false,
    parseLimit: 100_000,
    memoryLimit: 2_000_000,
    // milliseconds of the one thread that answers everybody; a letter takes about one
    renderLimit: 1_000,
    ...(escape && {
      outputEscape: (value: unknown) =>
        escapeHtml(value === null || value === undefined ? '' : String(value)),
    }),
  });
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.has(name)) delete liquid.filters[name];
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  return liquid;
}

/** Every value is escaped. */
export const htmlLiquid = engine(true);
/** For subjects and plain text. */
export const textLiquid = engine(false);
