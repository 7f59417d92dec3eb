import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

/** `?new=1` in the address opens the page's form for a new one, and goes away again. */
export function useAskedNew(open: () => void): void {
  const { new: asked } = useSearch({ strict: false }) as { new?: string };
  const navigate = useNavigate();
  useEffect(() => {
    if (!asked) return;
    open();
    void navigate({ to: '.', search: (before: object) => ({ ...before, new: undefined }), replace: true });
    // once for each asking
  }, [asked]);
}
