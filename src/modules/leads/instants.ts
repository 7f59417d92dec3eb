type WithDates<T> = {
  [K in keyof T]: K extends 'nextActionAt' | 'happenedAt' ? Date | Extract<T[K], null | undefined> : T[K];
};

/** Bodies carry instants as text; services take dates. */
export function withInstants<T extends { nextActionAt?: string | null; happenedAt?: string }>(
  body: T,
): WithDates<T> {
  const { nextActionAt, happenedAt } = body;
  return {
    ...body,
    ...(nextActionAt != null && { nextActionAt: new Date(nextActionAt) }),
    ...(happenedAt !== undefined && { happenedAt: new Date(happenedAt) }),
  } as WithDates<T>;
}
