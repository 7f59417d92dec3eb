import excel from 'exceljs';
import type { Language } from '../../../platform/i18n/i18n.js';
import { headings } from '../csv.rules.js';
import { valueWords, type ReportTable, type TableColumn, type TableValue } from '../report-tables.js';
import { words } from '../report-words.js';
import type { ReportPaper } from './report-paper.js';

/** A spreadsheet holds no more digits of a number, and no more letters in a cell. */
const DIGITS_KEPT = 15;
const LETTERS_KEPT = 32_767;
const [NARROWEST, WIDEST] = [10, 45];

/** Edited in the spreadsheet, such a cell stays text: `=1+1` never becomes a formula. */
const AS_TEXT = '@';

/** One sheet with the table, one that says what it is. Numbers are numbers, days are days, all else is text. Made at once,
 * since a table of groups has some hundred rows at most. */
export async function toXlsx(paper: ReportPaper): Promise<Buffer> {
  const book = new excel.Workbook();
  book.created = paper.madeAt;
  book.modified = paper.madeAt;
  book.creator = paper.agency;
  tableSheet(book, paper);
  aboutSheet(book, paper);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function tableSheet(book: excel.Workbook, { table, language, title }: ReportPaper): void {
  const heads = headings(table, language);
  const sheet = book.addWorksheet(sheetName(title), {
    views: [{ state: 'frozen', xSplit: leadingTexts(table), ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = heads.map((head, index) => ({ width: widthOf(head, index, table) }));
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: table.rows.length + 1, column: heads.length },
  };
  const header = sheet.addRow(heads.map(kept));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: 'middle' };
  for (const row of table.rows)
    write(
      sheet,
      row.map((value, index) => cellOf(value, table.columns[index]!, language)),
      table,
    );
  if (table.totals) write(sheet, totalsOf(table, language), table, true);
}

type Written = string | number | Date | null | { formula: string; result: number };

function write(sheet: excel.Worksheet, values: Written[], table: ReportTable, bold = false): void {
  const row = sheet.addRow(values);
  values.forEach((value, index) => {
    const cell = row.getCell(index + 1);
    cell.numFmt = typeof value === 'string' ? AS_TEXT : formatOf(table, index);
    if (bold) {
      cell.font = { bold: true };
      cell.border = { top: { style: 'thin' } };
    }
    if (typeof value === 'string' && table.columns[index]!.numeric) cell.alignment = { horizontal: 'right' };
  });
}

function cellOf(value: TableValue, column: TableColumn, language: Language): Written {
  if (value === null) return column.unknown ? words(language, 'export_unknown') : null;
  if (column.numeric) return Number(value);
  if (column.day) return new Date(`${value}T00:00:00Z`);
  return kept(valueWords(value, language));
}

/** What adds up follows the filter, as a formula with its value; what does not is the number that was counted. */
function totalsOf({ columns, rows, totals }: ReportTable, language: Language): Written[] {
  return totals!.map((value, index): Written => {
    const column = columns[index]!;
    if (index === 0) return words(language, 'totals');
    if (!column.adds || value === null || rows.length === 0) return cellOf(value, column, language);
    const letter = letterOf(index);
    return { formula: `SUBTOTAL(9,${letter}2:${letter}${rows.length + 1})`, result: Number(value) };
  });
}

function aboutSheet(book: excel.Workbook, { table, language, title, ...paper }: ReportPaper): void {
  const sheet = book.addWorksheet(words(language, 'export_about'));
  sheet.columns = [{ width: 28 }, { width: 90 }];
  const notes = [
    ...paper.notes,
    ...(table.columns.some(({ adds }) => adds) && table.totals
      ? [words(language, 'export_totals_follow_filter')]
      : []),
    ...(hasTooManyDigits(table) ? [words(language, 'export_digits', { digits: DIGITS_KEPT })] : []),
  ];
  const lines: [string, string][] = [
    [words(language, 'export_report'), title],
    [words(language, 'export_agency'), paper.agency],
    ...paper.facts,
    ...notes.map((note, index): [string, string] => [
      index === 0 ? words(language, 'export_notes') : '',
      note,
    ]),
  ];
  for (const [label, value] of lines) {
    const row = sheet.addRow([label, kept(value)]);
    row.getCell(1).font = { bold: true };
    row.getCell(2).numFmt = AS_TEXT;
    row.getCell(2).alignment = { wrapText: true, vertical: 'top' };
  }
}

function hasTooManyDigits({ rows, totals, columns }: ReportTable): boolean {
  return [...rows, ...(totals ? [totals] : [])].some((row) =>
    row.some(
      (value, index) => columns[index]!.numeric && String(value).replace(/\D/g, '').length > DIGITS_KEPT,
    ),
  );
}

function formatOf({ columns, rows, totals }: ReportTable, index: number): string {
  const { numeric, day } = columns[index]!;
  if (day) return 'dd/mm/yyyy';
  if (!numeric) return AS_TEXT;
  const fractions = [...rows, totals].some((row) => row && !Number.isInteger(Number(row[index] ?? 0)));
  return fractions ? '#,##0.00' : '#,##0';
}

function widthOf(head: string, index: number, { columns, rows, totals }: ReportTable): number {
  const { numeric, day } = columns[index]!;
  const values = [...rows, totals].map((row) => String(row?.[index] ?? '').length);
  // a number is shown with a blank for every three digits
  const longest = Math.max(0, ...values) * (numeric ? 4 / 3 : 1);
  return Math.min(WIDEST, Math.max(NARROWEST, day ? 12 : longest + 2, Math.min(head.length + 3, 18)));
}

/** How many columns say what a row is. */
export function leadingTexts({ columns }: ReportTable): number {
  const first = columns.findIndex(({ numeric, day }) => numeric || day);
  return Math.min(2, first === -1 ? 1 : Math.max(1, first));
}

function letterOf(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : letterOf(Math.floor(index / 26) - 1) + rest;
}

const kept = (text: string): string => text.slice(0, LETTERS_KEPT);

/** A sheet's name is short and lacks some signs. */
const sheetName = (title: string): string =>
  title
    .replace(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31)
    .trim();
