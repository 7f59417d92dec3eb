/** Of fewer cases a percentage says nothing. */
export const FEWEST_FOR_SHARE = 10;

export type NoShareReason = 'fewer_than_ten';

/** In percent with one decimal, rounded half up; null under ten cases. */
export function shareOf(
  part: number,
  whole: number,
): { value: number | null; of: number; reason: NoShareReason | null } {
  if (whole < FEWEST_FOR_SHARE) return { value: null, of: whole, reason: 'fewer_than_ten' };
  return { value: Math.round((part * 1000) / whole) / 10, of: whole, reason: null };
}
