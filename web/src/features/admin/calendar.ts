import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Exception = components['schemas']['CalendarExceptionAnswer'];
export type ExceptionBody = components['schemas']['CreateCalendarException'];
type Reason = components['schemas']['DayReasonAnswer'];

/** A day of the year that is not as its weekday would have it. */
export interface SpecialDay {
  day: string;
  kind: Reason['kind'];
  nameVi: string;
  nameEn: string;
  source?: string;
  /** Announced: it may be changed here. Absent for what the law says every year. */
  exception?: Exception;
}

const exceptionsOf = (year: number, signal: AbortSignal) =>
  take(api.GET('/api/v1/calendar/exceptions', { signal, params: { query: { year, limit: 200 } } }));

const daysOf = (year: number, signal: AbortSignal) =>
  take(
    api.GET('/api/v1/calendar/working-days', {
      signal,
      params: { query: { from: `${year}-01-01`, to: `${year}-12-31` } },
    }),
  );

/** Holidays as the law and the moon have them, with the announced exceptions, by day. */
export const specialDaysQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar', 'year', year],
    queryFn: async ({ signal }) => {
      const [announced, computed] = await Promise.all([exceptionsOf(year, signal), daysOf(year, signal)]);
      const days = new Map<string, SpecialDay>();
      for (const { day, reason } of computed.items)
        if (reason && reason.kind !== 'weekly_day_off')
          days.set(day, {
            day,
            kind: reason.kind,
            nameVi: reason.vi,
            nameEn: reason.en,
            source: reason.source,
          });
      for (const exception of announced.items) {
        const { day, kind, nameVi, nameEn, source } = exception;
        days.set(day, { day, kind, nameVi, nameEn, source, exception });
      }
      return {
        days: [...days.values()].sort((one, other) => one.day.localeCompare(other.day)),
        workingDays: computed.workingDays,
      };
    },
    placeholderData: keepPreviousData,
  });
