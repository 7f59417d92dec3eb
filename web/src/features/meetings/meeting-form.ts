import { instantOf } from '../../lib/format';
import type { ChosenTime } from './time-field';

/** The instant chosen, or null when it is not complete. */
export function instantChosen({ free, other, moment }: ChosenTime): string | null {
  if (!other) return free;
  return moment.day && moment.time ? instantOf(moment.day, moment.time) : null;
}
