/** The members in which a body differs from what it began with: only these are sent, so that others' changes stay. */
export function changedOnly<T extends object>(body: T, before: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof T]),
    ),
  ) as Partial<T>;
}
