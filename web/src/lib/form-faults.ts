import type { UseFormReturnType } from '@mantine/form';
import i18n from 'i18next';
import { Problem, Unreachable } from './problem';

/**
 * Puts each field's fault beside its field; answers what belongs to no field of the form (to be shown above
 * it), or null when all found their place. `names` maps the contract's paths to the form's where they differ.
 */
export function showFaults<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  error: unknown,
  names: Record<string, string> = {},
): string | null {
  if (error instanceof Unreachable) return i18n.t('unreachable.kept');
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error);
  const elsewhere: string[] = [];
  for (const fault of error.faults) {
    const path = names[fault.path] ?? fault.path;
    if (Object.hasOwn(form.getValues(), path.split('.')[0] ?? '')) form.setFieldError(path, fault.message);
    else elsewhere.push(fault.message);
  }
  if (error.faults.length === 0) return error.message;
  return elsewhere.length > 0 ? elsewhere.join(' ') : null;
}
