import { ProblemError } from '../../platform/http/problem.js';
import type { AddParticipations } from './participations.dto.js';
import type { ParticipationInput } from './participation.rules.js';

/** The body is one participation or a list; a mixture is refused rather than guessed at. */
export function itemsOf({ items, ...single }: AddParticipations): {
  items: readonly ParticipationInput[];
  pathOf: (index: number) => string;
} {
  if (items === undefined) return { items: [{ ...single, firmId: single.firmId! }], pathOf: () => '' };
  const besides = Object.entries(single).filter(([, value]) => value !== undefined);
  if (besides.length > 0) {
    throw new ProblemError(
      400,
      'validation_failed',
      {},
      besides.map(([path]) => ({ path, code: 'one_or_items' })),
    );
  }
  return { items, pathOf: (index) => `items.${index}.` };
}

type Instants<T> = { [K in keyof T]: K extends 'startsAt' | 'endsAt' ? Date | Exclude<T[K], string> : T[K] };

export function withInstants<T extends { startsAt?: string; endsAt?: string }>(body: T): Instants<T> {
  const { startsAt, endsAt } = body;
  return {
    ...body,
    ...(startsAt !== undefined && { startsAt: new Date(startsAt) }),
    ...(endsAt !== undefined && { endsAt: new Date(endsAt) }),
  } as Instants<T>;
}
