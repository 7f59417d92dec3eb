import { useDebouncedCallback } from '@mantine/hooks';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';

const PREFIX = 'draft:';

function read<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** Forgets what was typed: after it has been saved, or when someone signs out. */
export function forgetDraft(key: string): void {
  sessionStorage.removeItem(PREFIX + key);
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

/**
 * Keeps what is typed into a form through a reload or a lost connection, in this tab only. Answers whether a
 * draft was found and filled in, and how to forget it. The form must use `onValuesChange: draft.keep`-free
 * watching: pass its values.
 */
export function useDraft<T extends Record<string, unknown>>(
  key: string,
  form: UseFormReturnType<T>,
): { restored: boolean; forget: () => void } {
  const [restored, setRestored] = useState(false);
  const keep = useDebouncedCallback((values: T) => {
    try {
      sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
    } catch {
      // a full or forbidden storage loses the draft, not the form
    }
  }, 300);

  useEffect(() => {
    const draft = read<Partial<T>>(key);
    if (!draft) return;
    form.setValues(draft);
    setRestored(true);
    // once for each form that opens
  }, [key]);

  const dirty = form.isDirty();
  const values = form.getValues();
  useEffect(() => {
    if (dirty) keep(values);
  }, [dirty, keep, values]);

  return {
    restored,
    forget: () => {
      keep.cancel?.();
      forgetDraft(key);
      setRestored(false);
    },
  };
}
