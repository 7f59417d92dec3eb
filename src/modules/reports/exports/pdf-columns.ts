import { WHOLE_LETTERS, type Pdf } from '../../../platform/pdf/pdf.js';
import { headings } from '../csv.rules.js';
import { valueWords, type ReportTable, type TableColumn, type TableValue } from '../report-tables.js';
import { words } from '../report-words.js';
import { leadingTexts } from './xlsx-export.js';
import type { ReportPaper } from './report-paper.js';

export const SIZE = 8;
export const PADDING = 3;
const [NARROWEST, WIDEST] = [28, 150];
/** Nobody reads more of one cell on paper; the spreadsheet has it all. */
const LETTERS = 300;

export interface PrintedColumn {
  head: string;
  numeric: boolean;
  /** Points, padding included. */
  width: number;
  /** The rows, then the totals when there are any. */
  cells: string[];
}

/** Columns with their words and the width that these take: the longest word at least, one line at best. */
export function printedColumns(pdf: Pdf, { table, language }: ReportPaper): PrintedColumn[] {
  const heads = headings(table, language);
  const rows = table.totals
    ? [...table.rows, withLabel(table.totals, words(language, 'totals'))]
    : table.rows;
  return table.columns.map((column, index) => {
    const cells = rows.map((row, place) =>
      cellWords(row[index]!, column, place < table.rows.length, language),
    );
    const head = heads[index]!;
    return { head, cells, numeric: column.numeric, width: widthOf(pdf, head, cells, column) };
  });
}

const withLabel = ([first, ...rest]: TableValue[], label: string): TableValue[] => [first ?? label, ...rest];

function cellWords(
  value: TableValue,
  column: TableColumn,
  ofRow: boolean,
  language: ReportPaper['language'],
): string {
  if (value === null)
    return column.unknown ? words(language, 'export_unknown') : column.numeric && ofRow ? '–' : '';
  if (column.numeric) return numberWords(String(value), language);
  if (column.day && language === 'vi') return String(value).split('-').reverse().join('/');
  const text = [...valueWords(value, language).replace(/[\u0000-\u001f\u007f]/g, ' ')];
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1).join('')}…` : text.join('');
}

/** By its digits, so that no amount is rounded. @example "457600000000.5" → "457.600.000.000,5" */
export function numberWords(value: string, language: ReportPaper['language']): string {
  const [group, point] = language === 'vi' ? ['.', ','] : [',', '.'];
  const [whole = '', fraction] = value.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction === undefined ? '' : point + fraction);
}

function widthOf(pdf: Pdf, head: string, cells: string[], { numeric }: TableColumn): number {
  pdf.font('bold').fontSize(SIZE);
  const measure = (text: string) => pdf.widthOfString(text, WHOLE_LETTERS);
  const longestWord = (text: string) => Math.max(0, ...text.split(/\s+/).map(measure));
  const distinct = [...new Set(cells)];
  const needed = Math.max(
    longestWord(head),
    ...distinct.map((cell) => (numeric ? measure(cell) : Math.min(WIDEST, longestWord(cell)))),
  );
  const wished = Math.max(Math.min(measure(head), 60), ...distinct.map(measure));
  return Math.max(NARROWEST, needed, Math.min(WIDEST, wished)) + 2 * PADDING + 1;
}

/**
 * What stands side by side on one sheet: where the columns are too many, the ones that name the rows are repeated
 * beside each further part.
 */
export function bandsOf(columns: PrintedColumn[], table: ReportTable, room: number): PrintedColumn[][] {
  const count = leadingTexts(table);
  const names = shrunk(columns.slice(0, count), room * 0.45);
  const taken = widthsOf(names);
  const bands: PrintedColumn[][] = [];
  let band: PrintedColumn[] = [];
  for (const column of columns.slice(count)) {
    const own = { ...column, width: Math.min(column.width, room - taken) };
    if (band.length > 0 && taken + widthsOf(band) + own.width > room) {
      bands.push([...names, ...band]);
      band = [];
    }
    band.push(own);
  }
  return [...bands, [...names, ...band]];
}

function shrunk(columns: PrintedColumn[], room: number): PrintedColumn[] {
  const factor = Math.min(1, room / widthsOf(columns));
  return columns.map((column) => ({ ...column, width: column.width * factor }));
}

export const widthsOf = (columns: readonly PrintedColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);
