import { useMutation } from '@tanstack/react-query';
import { askWhichToKeep, type Difference } from './conflict';
import { hasStatus } from '../lib/problem';

interface Versioned<T extends { version: number }, B> {
  /** Sends the change for the version that was read. */
  send: (body: B, version: number) => Promise<T>;
  /** Reads what is saved now. */
  current: () => Promise<T>;
  /** The fields in which the two differ, as words; none: the change goes through as it is. */
  differences: (mine: B, theirs: T) => Difference[];
  onSaved: (saved: T) => void;
  /** The person took what is saved. */
  onTheirs: (theirs: T) => void;
}

/**
 * A change that loses nothing when somebody else saved first: the server refuses a stale version (412), both
 * versions are shown, and the person chooses.
 */
export function useVersionedSave<T extends { version: number }, B>(options: Versioned<T, B>) {
  const { send, current, differences, onSaved, onTheirs } = options;
  const save = useMutation({
    mutationFn: ({ body, version }: { body: B; version: number }) => send(body, version),
    onSuccess: onSaved,
    onError: async (error, { body }) => {
      if (!hasStatus(error, 412)) return;
      const theirs = await current();
      const changed = differences(body, theirs);
      const keepMine = () => save.mutate({ body, version: theirs.version });
      if (changed.length === 0) keepMine();
      else askWhichToKeep({ differences: changed, keepMine, takeTheirs: () => onTheirs(theirs) });
    },
  });
  return save;
}
