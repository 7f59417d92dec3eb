import { readFileSync } from 'node:fs';
import LunarHolidays from 'date-holidays';
import { isWeeklyDayOff, knownYearOf, plusDays, weekdayOf } from './days.rules.js';

export type HolidayKey =
  'new_year' | 'tet' | 'hung_kings' | 'victory_day' | 'labour_day' | 'national_day' | 'culture_day';

/** A day off by law. A `compensation` stands for the holiday `key` that fell on a weekly day off. */
export interface Holiday {
  day: string;
  kind: 'holiday' | 'compensation';
  key: HolidayKey;
  /** The legal text. */
  source: string;
}

type LunarDay = '1-1' | '3-10';

/**
 * One row of `data/holiday-law-vn.json`: a date of the solar or the lunar year and the days off around it.
 * `daysByWeekday` (1 is Monday) replaces `days` when the date falls on that weekday. For Tết and National
 * Day the Prime Minister decides the days every year (art. 112.3): the rows hold the choice that gives
 * every break announced from 2017 to 2026 (Tết) and from 2021 to 2026 (National Day).
 */
interface HolidayLaw {
  key: HolidayKey;
  on?: string;
  lunar?: LunarDay;
  fromYear?: number;
  toYear?: number;
  days: number[];
  daysByWeekday?: Record<string, number[]>;
  source: string;
}

const COMPENSATION_SOURCE = 'Bộ luật Lao động 45/2019/QH14, điều 111 khoản 3';

const law = JSON.parse(
  readFileSync(new URL('./data/holiday-law-vn.json', import.meta.url), 'utf8'),
) as HolidayLaw[];

/**
 * Only the two lunar dates, not the package's whole list for Viet Nam: that one has a single day for
 * National Day, Tết as one span, no compensation, and takes forty times as long.
 */
const lunar = new LunarHolidays();
const LUNAR_RULES: Record<LunarDay, string> = { '1-1': 'vietnamese 1-0-1', '3-10': 'vietnamese 3-0-10' };
for (const rule of Object.values(LUNAR_RULES)) lunar.setHoliday(rule, { name: rule, type: 'public' });

const years = new Map<number, ReadonlyMap<string, Holiday>>();

/**
 * The public holidays of a year (1900–2100) with their compensation days, by day and in order. Before 2021
 * the law of the time is only approximated. Swapped days are no holidays: see the exceptions.
 */
export function holidaysOf(year: number): ReadonlyMap<string, Holiday> {
  let found = years.get(year);
  if (!found) {
    knownYearOf(`${String(year).padStart(4, '0')}-01-01`);
    found = compensated(lawfulHolidays(year));
    years.set(year, found);
  }
  return found;
}

function lawfulHolidays(year: number): Holiday[] {
  const lunarDays = lunarDaysOf(year);
  return law
    .filter((row) => year >= (row.fromYear ?? year) && year <= (row.toYear ?? year))
    .flatMap((row) => {
      const date = row.lunar ? lunarDays[row.lunar] : `${year}-${row.on}`;
      const offsets = row.daysByWeekday?.[weekdayOf(date)] ?? row.days;
      return offsets.map((offset): Holiday => ({
        day: plusDays(date, offset),
        kind: 'holiday',
        key: row.key,
        source: row.source,
      }));
    })
    .sort((a, b) => a.day.localeCompare(b.day));
}

function lunarDaysOf(year: number): Record<LunarDay, string> {
  const found = lunar.getHolidays(year);
  const dayOf = (date: LunarDay) => {
    const day = found.find((holiday) => holiday.rule === LUNAR_RULES[date])?.date.slice(0, 10);
    if (!day) throw new Error(`date-holidays lacks the lunar ${date} of ${year}`);
    return day;
  };
  return { '1-1': dayOf('1-1'), '3-10': dayOf('3-10') };
}

/** A holiday on a weekly day off is made up for on the next day that is not off already (art. 111.3). */
function compensated(holidays: Holiday[]): ReadonlyMap<string, Holiday> {
  const off = new Map(holidays.map((holiday) => [holiday.day, holiday]));
  for (const { day, key } of holidays.filter((holiday) => isWeeklyDayOff(holiday.day))) {
    let next = plusDays(day, 1);
    while (off.has(next) || isWeeklyDayOff(next)) next = plusDays(next, 1);
    off.set(next, { day: next, kind: 'compensation', key, source: COMPENSATION_SOURCE });
  }
  return new Map([...off].sort(([a], [b]) => a.localeCompare(b)));
}
