import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DayTable, type DayException } from './day-table.rules.js';
import { daysFrom, isWeeklyDayOff, plusDays } from './days.rules.js';
import { holidaysOf } from './holidays.rules.js';

const announced = JSON.parse(
  readFileSync(new URL('./data/exceptions-vn.json', import.meta.url), 'utf8'),
) as DayException[];

const law = new DayTable([]);
const official = new DayTable(announced);

const holiday = (year: number, key: string) =>
  [...holidaysOf(year).values()]
    .filter((day) => day.key === key && day.kind === 'holiday')
    .map((day) => day.day);

/** The unbroken run of days off around a day. */
function breakAround(table: DayTable, day: string): [string, string] {
  let first = day;
  let last = day;
  while (!table.isWorkingDay(plusDays(first, -1))) first = plusDays(first, -1);
  while (!table.isWorkingDay(plusDays(last, 1))) last = plusDays(last, 1);
  return [first, last];
}

describe('lunar dates', () => {
  test.each([
    [2007, '2007-02-17'],
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2028, '2028-01-26'],
    [2030, '2030-02-02'],
  ])('Tết of %i begins on %s, also where China begins a day later', (year, first) => {
    expect(holiday(year, 'tet')).toContain(first);
    expect(holiday(year, 'tet')).toHaveLength(5);
  });

  test.each([
    [2022, '2022-04-10'],
    [2025, '2025-04-07'],
    [2026, '2026-04-26'],
    [2027, '2027-04-16'],
  ])('Hùng Kings of %i are remembered on %s', (year, day) => {
    expect(holiday(year, 'hung_kings')).toEqual([day]);
  });
});

describe('the breaks that were announced come out of the law alone', () => {
  test.each([
    ['2017-01-28', '2017-01-26', '2017-02-01'],
    ['2019-02-05', '2019-02-02', '2019-02-10'],
    ['2020-01-25', '2020-01-23', '2020-01-29'],
    ['2021-02-12', '2021-02-10', '2021-02-16'],
    ['2022-02-01', '2022-01-29', '2022-02-06'],
    ['2023-01-22', '2023-01-20', '2023-01-26'],
    ['2024-02-10', '2024-02-08', '2024-02-14'],
    ['2025-01-29', '2025-01-25', '2025-02-02'],
    ['2026-02-17', '2026-02-14', '2026-02-22'],
  ])('Tết %s: from %s to %s', (day, first, last) => {
    expect(breakAround(law, day)).toEqual([first, last]);
  });

  test.each([
    ['2021-09-02', '2021-09-02', '2021-09-05'],
    ['2022-09-02', '2022-09-01', '2022-09-04'],
    ['2023-09-02', '2023-09-01', '2023-09-04'],
    ['2024-09-02', '2024-08-31', '2024-09-03'],
    ['2025-09-02', '2025-08-30', '2025-09-02'],
    ['2026-09-02', '2026-09-01', '2026-09-02'],
  ])('National Day %s: from %s to %s', (day, first, last) => {
    expect(breakAround(law, day)).toEqual([first, last]);
  });

  test.each([
    ['New Year on a Saturday', '2022-01-01', '2022-01-01', '2022-01-03'],
    ['Hùng Kings on a Sunday', '2026-04-26', '2026-04-25', '2026-04-27'],
    ['a Saturday and a Sunday are made up for one after the other', '2023-04-30', '2023-04-29', '2023-05-03'],
    ['30 April and 1 May on a weekend', '2022-05-01', '2022-04-30', '2022-05-03'],
  ])('%s (%s)', (_case, day, first, last) => {
    expect(breakAround(law, day)).toEqual([first, last]);
  });
});

test('24 November is a holiday since 2026', () => {
  expect(holiday(2025, 'culture_day')).toEqual([]);
  expect(holiday(2026, 'culture_day')).toEqual(['2026-11-24']);
  expect(law.describe('2029-11-26')).toMatchObject({
    working: false,
    reason: { kind: 'compensation', key: 'culture_day' },
  });
});

describe('announced exceptions', () => {
  test.each([
    ['2025-05-01', '2025-04-30', '2025-05-04'],
    ['2026-01-01', '2026-01-01', '2026-01-04'],
    ['2026-09-02', '2026-08-29', '2026-09-02'],
  ])('make the break around %s run from %s to %s', (day, first, last) => {
    expect(breakAround(official, day)).toEqual([first, last]);
  });

  test('every day off has its working Saturday in exchange, and a source', () => {
    expect(announced.filter(({ kind }) => kind === 'day_off')).toHaveLength(announced.length / 2);
    for (const { day, kind, source } of announced) {
      expect(law.isWorkingDay(day)).toBe(kind === 'day_off');
      expect(official.isWorkingDay(day)).toBe(kind === 'working_day');
      expect(source).toMatch(/https:/);
    }
  });

  test('have the last word over the law', () => {
    const names = { nameVi: 'x', nameEn: 'x', source: 'x' };
    const table = new DayTable([{ day: '2027-02-06', kind: 'working_day', ...names }]);
    expect(table.describe('2027-02-06')).toEqual({
      day: '2027-02-06',
      working: true,
      reason: { kind: 'working_day', ...names },
    });
  });
});

test('every year has its holidays, and one compensation for each of them on a weekend', () => {
  for (let year = 1990; year <= 2100; year++) {
    const days = [...holidaysOf(year).values()];
    const compensations = days.filter(({ kind }) => kind === 'compensation');
    const onWeekends = days.filter(({ kind, day }) => kind === 'holiday' && isWeeklyDayOff(day));
    expect(compensations).toHaveLength(onWeekends.length);
    expect(compensations.some(({ day }) => isWeeklyDayOff(day))).toBe(false);
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).sort());
    expect(days.every(({ day }) => day.startsWith(String(year)))).toBe(true);
    expect(days.length - compensations.length).toBe(year >= 2026 ? 12 : year >= 2021 ? 11 : 10);
  }
});

test('days outside 1900–2100 and days that do not exist are refused', () => {
  for (const day of ['1899-12-31', '2101-01-01', '2026-02-30', '2026-13-01', 'today', '']) {
    expect(() => law.isWorkingDay(day)).toThrow('calendar_out_of_range');
  }
  expect(() => holidaysOf(1)).toThrow('calendar_out_of_range');
  expect(daysFrom('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
});
