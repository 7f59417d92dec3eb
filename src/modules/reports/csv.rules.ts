import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../../platform/http/safe-cell.rules.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { words } from './report-words.js';
import { valueWords, type ReportTable, type TableColumn, type TableValue } from './report-tables.js';

/** Excel reads UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

export { safeCell };

export function headings({ columns }: ReportTable, language: Language): string[] {
  return columns.map(({ key, params }) => words(language, `column_${key}`, params));
}

/** Rows with the totals last, in words, as they are shown. */
export function bodyOf(table: ReportTable, language: Language): TableValue[][] {
  const [first, ...rest] = table.totals ?? [];
  const totals = table.totals ? [[first ?? words(language, 'totals'), ...rest]] : [];
  return [...table.rows, ...totals].map((row) =>
    row.map((value) => (typeof value === 'string' ? valueWords(value, language) : value)),
  );
}

export function toCsv(table: ReportTable, language: Language): string {
  const cell = (value: TableValue, column: TableColumn): string => {
    if (value === null) return '';
    return column.numeric ? String(value) : safeCell(String(value));
  };
  const body = bodyOf(table, language).map((row) =>
    row.map((value, index) => cell(value, table.columns[index]!)),
  );
  return (
    BYTE_ORDER_MARK +
    stringify([headings(table, language).map(safeCell), ...body], { record_delimiter: 'windows' })
  );
}
