import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Difference } from '../../components/conflict';
import { useVersionedSave } from '../../components/versioned';
import { newKey, once } from '../../lib/api';

interface Saving<T, V, B> {
  isNew: boolean;
  /** The headers make the request safe to repeat. */
  create: (values: V, headers: ReturnType<typeof once>) => Promise<T>;
  change: (body: B, version: number) => Promise<T>;
  /** What a change sends of the values. */
  changes: (values: V) => B;
  /** Reads what is saved now. */
  current: () => Promise<T>;
  differences: (mine: B, theirs: T) => Difference[];
  /** Also when the person took what somebody else saved. */
  onSaved: (saved: T) => void;
}

/** Saves what a form holds, be it new or the change of something that was read. */
export function useSave<T extends { version: number }, V extends { version: number }, B>(
  options: Saving<T, V, B>,
) {
  const { isNew, create, change, changes, current, differences, onSaved } = options;
  const [key] = useState(newKey);
  const first = useMutation({
    mutationFn: (values: V) => create(values, once(key)),
    onSuccess: (saved) => onSaved(saved),
  });
  const again = useVersionedSave<T, B>({ send: change, current, differences, onSaved, onTheirs: onSaved });
  return {
    send: (values: V) =>
      isNew ? first.mutate(values) : again.mutate({ body: changes(values), version: values.version }),
    saving: first.isPending || again.isPending,
    error: first.error ?? again.error,
  };
}
