/** Deeper than any body of ours by far; without a limit, whatever walks a body by itself runs out of stack. */
export const DEEPEST_BODY = 32;

/** Whether groups and lists lie in one another further down than `limit`. */
export function isDeeperThan(body: unknown, limit: number): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    const groups = level.filter((value) => typeof value === 'object' && value !== null) as object[];
    if (groups.length > 0 && depth >= limit) return true;
    level = groups.flatMap((group) => Object.values(group) as unknown[]);
  }
  return false;
}
