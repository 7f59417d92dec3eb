import { Invalid } from '../../../platform/http/problem.js';
import type { VisitingHours } from './free-times.rules.js';

/** Spans end after they begin, do not overlap, and hold at least one visit somewhere. */
export function assertWeekly({ weekly, visitMinutes }: VisitingHours): void {
  for (const [index, span] of weekly.entries()) {
    const path = `weekly.${index}.to`;
    if (span.to <= span.from) throw new Invalid(path, 'hours_reversed');
    const crossed = weekly.some(
      (other, at) =>
        at < index && other.weekday === span.weekday && span.from < other.to && other.from < span.to,
    );
    if (crossed) throw new Invalid(path, 'hours_overlap');
  }
  if (weekly.length > 0 && !weekly.some((span) => minutesOf(span.to) - minutesOf(span.from) >= visitMinutes))
    throw new Invalid('visitMinutes', 'visit_longer_than_hours');
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
