import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { showFaults } from '../../lib/form-faults';

/** Each field's fault goes to its field when the server refuses; answers what belongs to none. */
export function useFault<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  error: unknown,
): string | null {
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    setFault(error ? showFaults(form, error) : null);
    // once for each refusal
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
  return fault;
}
