import dayjs from 'dayjs';
import i18n from 'i18next';
import { now } from './clock';
import { formatDay, formatHour, instantOf, local, today } from './format';

/** Whole local days from today to an instant; negative before today. */
export const daysFromToday = (instant: string): number =>
  dayjs(local(instant).format('YYYY-MM-DD')).diff(dayjs(today()), 'day');

/** A time as one says it today. @example "15:30", "ngày mai 08:00", "thứ hai 04/05 08:00", "04/05/2027 08:00" */
export function formatMoment(instant: string): string {
  const hour = formatHour(instant);
  const days = daysFromToday(instant);
  if (days === 0) return i18n.t('moment.today', { hour });
  if (days === 1) return i18n.t('moment.tomorrow', { hour });
  if (days === -1) return i18n.t('moment.yesterday', { hour });
  const weekday = local(instant).format('dddd DD/MM');
  return Math.abs(days) < 7 ? `${weekday}, ${hour}` : `${formatDay(instant)}, ${hour}`;
}

const MORNING = '08:30';
/** Until this local hour there is a "later today". */
const LAST_START = 15;

/** Times to which one puts something off; the server moves them to working time. */
export function laterTimes(): { laterToday: string | null; tomorrow: string; nextMonday: string } {
  const here = local(now());
  const day = dayjs(today());
  const morning = (days: number) => instantOf(day.add(days, 'day').format('YYYY-MM-DD'), MORNING);
  return {
    laterToday: here.hour() < LAST_START ? here.add(2, 'hour').startOf('minute').toISOString() : null,
    tomorrow: morning(1),
    nextMonday: morning(((8 - day.day()) % 7) + (day.day() === 1 ? 7 : 0)),
  };
}

/** How long from an instant until now, or the other way, without "ago". @example "3 giờ" */
export const formatSpan = (instant: string): string => local(instant).from(now(), true);
