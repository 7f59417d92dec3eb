import { isEmail } from 'class-validator';
import { parse, type Info } from 'csv-parse/sync';
import { toE164 } from '../../platform/http/fields.js';
import { ProblemError } from '../../platform/http/problem.js';
import { normalTaxCode, taxCodeWarnings } from '../directory/tax-code.rules.js';
import { columnsByContent, headerOf, HONORIFIC, type Column } from './pasted-columns.rules.js';

export const MAX_LINES = 500;
const MAX_COLUMNS = 40;

export type PastedFields = Record<Column, string | null>;

export interface PastedProblem {
  field: Column | null;
  code: string;
  params?: Record<string, unknown>;
}

export interface PastedLine {
  /** In the text, from 1. */
  line: number;
  fields: PastedFields;
  problems: PastedProblem[];
}

export interface PastedList {
  separator: 'tab' | 'semicolon' | 'comma';
  hasHeader: boolean;
  /** Of each column in order; null: not used. */
  columns: (Column | null)[];
  lines: PastedLine[];
}

interface Cells {
  line: number;
  cells: string[];
}

const SEPARATORS = { tab: '\t', semicolon: ';', comma: ',' } as const;

/** Reads what a person copied from a spreadsheet or a mail: separator, header and columns are found out. */
export function readPasted(text: string, given?: readonly (Column | null)[]): PastedList {
  const separator = separatorOf(text);
  const rows = cellsOf(text, SEPARATORS[separator]);
  const header = rows[0] ? headerOf(rows[0].cells) : null;
  const body = header ? rows.slice(1) : rows;
  if (body.length > MAX_LINES) throw new ProblemError(400, 'too_many_lines', { limit: MAX_LINES });
  if (body.some((row) => row.cells.length > MAX_COLUMNS))
    throw new ProblemError(400, 'too_many_columns', { limit: MAX_COLUMNS });
  const columns = given ? [...given] : (header ?? columnsByContent(body.map((row) => row.cells)));
  return { separator, hasHeader: header !== null, columns, lines: body.map((row) => lineOf(row, columns)) };
}

function separatorOf(text: string): PastedList['separator'] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  const having = (separator: string) => lines.filter((line) => line.includes(separator)).length;
  if (having('\t') > 0) return 'tab';
  return having(';') >= Math.max(1, having(',') / 2) ? 'semicolon' : 'comma';
}

/** A quotation mark that never closes is a mark like any other. */
function cellsOf(text: string, delimiter: string): Cells[] {
  const read = (quote: '"' | false) =>
    parse(text, {
      delimiter,
      quote,
      bom: true,
      info: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
    }) as unknown as { record: string[]; info: Info }[];
  let records: { record: string[]; info: Info }[];
  try {
    records = read('"');
  } catch {
    records = read(false);
  }
  return records
    .map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.replace(/\s+/g, ' ').trim()),
    }))
    .filter((row) => row.cells.some(Boolean));
}

function lineOf({ line, cells }: Cells, columns: readonly (Column | null)[]): PastedLine {
  const value = (column: Column) =>
    cells.filter((cell, index) => columns[index] === column && cell !== '').join('; ') || null;
  const problems: PastedProblem[] = [];
  const fields: PastedFields = {
    firmName: value('firmName'),
    taxCode: taxCodeOf(value('taxCode'), problems),
    contactName: value('contactName')?.replace(HONORIFIC, '') ?? null,
    title: value('title'),
    phone: phoneOf(value('phone'), problems),
    email: emailOf(value('email'), problems),
    note: value('note'),
  };
  for (const [field, limit] of LIMITS) {
    if ((fields[field]?.length ?? 0) > limit) problems.push({ field, code: 'too_long', params: { limit } });
  }
  if (fields.firmName === null && fields.taxCode === null && fields.email === null && fields.phone === null)
    problems.push({ field: 'firmName', code: 'firm_name_missing' });
  return { line, fields, problems };
}

const LIMITS: readonly [Column, number][] = [
  ['firmName', 300],
  ['contactName', 200],
  ['title', 200],
  ['note', 4000],
];

/** A spreadsheet drops the first zero of a number: nine digits whose check digit fits with it were ten. */
function taxCodeOf(cell: string | null, problems: PastedProblem[]): string | null {
  if (cell === null) return null;
  const plain = cell.replace(/[^\d-]/g, '');
  const padded = /^\d{9}$/.test(plain) && taxCodeWarnings(`0${plain}`).length === 0 ? `0${plain}` : plain;
  const code = normalTaxCode(padded);
  if (code === null) problems.push({ field: 'taxCode', code: 'invalid_tax_code' });
  return code ?? cell;
}

/** The first of several. */
function phoneOf(cell: string | null, problems: PastedProblem[]): string | null {
  if (cell === null) return null;
  const phone = cell
    .split(/[;,/]| - /)
    .map((part) => toE164(part.trim()))
    .find((number) => number !== null);
  if (!phone) problems.push({ field: 'phone', code: 'invalid_phone' });
  return phone ?? cell;
}

/** The first of several, also in `Name <address>`. */
function emailOf(cell: string | null, problems: PastedProblem[]): string | null {
  if (cell === null) return null;
  const email = cell.split(/[\s;,<>/]+/).find((part) => isEmail(part));
  if (!email) problems.push({ field: 'email', code: 'invalid_email' });
  return email?.toLowerCase() ?? cell;
}
