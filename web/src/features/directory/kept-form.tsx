import type { UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import type { ReactNode } from 'react';
import { FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { hasStatus } from '../../lib/problem';
import { useFault } from './use-fault';

interface Draft {
  restored: boolean;
  forget: () => void;
}

interface KeptFormProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  draft: Draft;
  save: { send: (values: T) => void; saving: boolean; error: unknown };
  close: () => void;
  submitLabel?: string;
  children: ReactNode;
}

/** A dialog's form whose draft is kept; a stale version (412) is no fault of it: both versions are offered. */
export function KeptForm<T extends Record<string, unknown>>(props: KeptFormProps<T>) {
  const { form, draft, save } = props;
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => save.send(values))}
      close={props.close}
      saving={save.saving}
      fault={useFault(form, hasStatus(save.error, 412) ? null : save.error)}
      restored={draft.restored}
      discard={() => {
        form.reset();
        draft.forget();
      }}
      submitLabel={props.submitLabel}
    >
      {props.children}
    </FormFrame>
  );
}

/** What follows a save from a dialog: the topics are read anew, the draft and the dialog are gone. */
export function useSaved(topics: readonly string[], draft: Draft, close: () => void) {
  const client = useQueryClient();
  return () => {
    draft.forget();
    for (const topic of topics) void client.invalidateQueries({ queryKey: [topic] });
    close();
    tellDone(i18n.t('saved'));
  };
}
