export interface WorkingDays {
  addWorkingDays(from: Date, amount: number): Date;
}

const DAY_MS = 86_400_000;
const PRECISION_MS = 1000;

/**
 * The latest moment from which `amount` working days have passed by now, to the second: whatever began at or before it
 * is that old. Lets one comparison in SQL stand for working-day arithmetic on every row.
 */
export function workingCutoff(calendar: WorkingDays, now: Date, amount: number): Date {
  let passed = now.getTime() - (amount * 3 + 30) * DAY_MS;
  let notYet = now.getTime() + PRECISION_MS;
  while (notYet - passed > PRECISION_MS) {
    const middle = Math.floor((passed + notYet) / 2);
    if (calendar.addWorkingDays(new Date(middle), amount) <= now) passed = middle;
    else notYet = middle;
  }
  return new Date(passed);
}
