import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { safeCell, toCsv } from './csv.rules.js';
import type { ReportTable } from './report-tables.js';

const table = (label: string, totals: ReportTable['totals'] = [null, 3]): ReportTable => ({
  key: 'ageing',
  columns: [
    { key: 'group_owner', numeric: false },
    { key: 'leads', numeric: true },
  ],
  rows: [[label, 3]],
  totals,
});

describe('CSV', () => {
  it.each(['=HYPERLINK("http://x")', '+84 912', '-1', '@SUM(A1)', '\t=1'])(
    'gives %j as a text, not as a formula',
    (text) => {
      expect(safeCell(text)).toBe(`'${text}`);
      expect(parse(toCsv(table(text), 'en'), { bom: true })[1]).toEqual([`'${text}`, '3']);
    },
  );

  it('leaves numbers alone, negative ones too', () => {
    const rows = parse(toCsv({ ...table('a'), rows: [['a', -3]] }, 'en'), { bom: true });
    expect(rows[1]).toEqual(['a', '-3']);
  });

  it('starts with a byte order mark and speaks the language asked for', () => {
    const vi = toCsv(table('Nguyễn "An", Lạng Sơn\nhai dòng'), 'vi');
    expect(vi.startsWith('\uFEFF')).toBe(true);
    expect(parse(vi, { bom: true })).toEqual([
      ['Cán bộ', 'Số cơ hội'],
      ['Nguyễn "An", Lạng Sơn\nhai dòng', '3'],
      ['Tổng cộng', '3'],
    ]);
    expect(parse(toCsv(table('x'), 'en'), { bom: true })[0]).toEqual(['Officer', 'Leads']);
  });

  it('has no last line where there is no whole', () => {
    expect(parse(toCsv(table('x', null), 'en'), { bom: true })).toHaveLength(2);
  });
});
