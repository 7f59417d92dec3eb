import type { Clock } from '../../../platform/clock/clock.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import type { Span } from '../../meetings/hours/free-times.rules.js';
import { namedDayIn } from '../site/format.rules.js';

const BEIJING = 'Asia/Shanghai';

export interface VisitDay {
  name: string;
  times: { value: string; label: string; beijing: string; chosen: boolean }[];
}

/** @example "08:00–09:30" */
export function readableTime({ startsAt, endsAt }: Span, clock: Clock): string {
  return `${clock.local(startsAt).toFormat('HH:mm')}–${clock.local(endsAt).toFormat('HH:mm')}`;
}

/** The times that are offered, under their days. */
export function daysOf(
  offered: readonly Span[],
  language: Language,
  clock: Clock,
  booking: Span | null,
): VisitDay[] {
  const days = new Map<string, VisitDay>();
  for (const time of offered) {
    const name = namedDayIn(language, time.startsAt, clock.timeZone);
    const day = days.get(name) ?? { name, times: [] };
    days.set(name, day);
    day.times.push({
      value: time.startsAt.toISOString(),
      label: readableTime(time, clock),
      beijing: clock.local(time.startsAt).setZone(BEIJING).toFormat('HH:mm'),
      chosen: booking?.startsAt.getTime() === time.startsAt.getTime(),
    });
  }
  return [...days.values()];
}
