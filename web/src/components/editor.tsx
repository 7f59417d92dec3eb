import { Stack, type StackProps } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../lib/drafts';
import { showFaults } from '../lib/form-faults';
import { hasStatus } from '../lib/problem';
import type { Difference } from './conflict';
import { DraftNote, Refused } from './form-parts';
import { SaveBar } from './save-bar';
import { tellDone } from './tell';
import { useVersionedSave } from './versioned';

/** How a page's one long form is read and saved. */
export interface EditorOptions<T, V extends Record<string, unknown>, B> {
  /** What is written, as it is saved now. */
  saved: T;
  form: UseFormReturnType<V>;
  /** Under which name what is typed is kept. */
  draftName: string;
  valuesOf: (saved: T) => V;
  /** Only what differs from what was read. */
  changesOf: (values: V, read: V) => B;
  /** The contract's paths by the form's, where they differ. */
  pathsOf?: (change: B) => Record<string, string>;
  send: (change: B, version: number) => Promise<T>;
  current: () => Promise<T>;
  differences: (mine: B, theirs: T) => Difference[];
  /** Shows everywhere else what is saved now. */
  keep: (saved: T) => void;
  onSaved?: (saved: T) => void;
}

export interface Editor {
  dirty: boolean;
  saving: boolean;
  restored: boolean;
  refusal: string | null;
  submit: (event?: FormEvent<HTMLFormElement>) => void;
  discard: () => void;
}

/** Shows what is saved anew: what was typed is gone, on purpose. */
function show<V extends Record<string, unknown>>(form: UseFormReturnType<V>, values: V): void {
  form.setInitialValues(values);
  form.setValues(values);
  form.resetDirty(values);
  form.clearErrors();
}

/** A page's one long form: its draft is kept, and saving loses nothing of what somebody else saved first. */
export function useEditor<
  T extends { version: number },
  V extends Record<string, unknown> & { version: number },
  B extends object,
>(options: EditorOptions<T, V, B>): Editor {
  const { saved, form, valuesOf, changesOf, pathsOf, keep, onSaved } = options;
  const { t } = useTranslation();
  const draft = useDraft(options.draftName, form);
  const [refusal, setRefusal] = useState<string | null>(null);
  const begin = (now: T) => {
    draft.forget();
    setRefusal(null);
    show(form, valuesOf(now));
  };
  const save = useVersionedSave<T, B>({
    send: options.send,
    current: options.current,
    differences: options.differences,
    onSaved: (now) => {
      keep(now);
      onSaved?.(now);
      begin(now);
      tellDone(t('saved'));
    },
    onTheirs: (theirs) => {
      keep(theirs);
      begin(theirs);
    },
  });
  const dirty = form.isDirty();
  useEffect(() => {
    // somebody else saved: shown at once unless something is being typed
    if (!dirty && saved.version !== form.getValues().version) show(form, valuesOf(saved));
  }, [saved.version, dirty]);
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    const change = changesOf(values, valuesOf(saved));
    if (Object.keys(change).length === 0) return begin(saved);
    save.mutate(
      { body: change, version: values.version },
      {
        onError: (error) => !hasStatus(error, 412) && setRefusal(showFaults(form, error, pathsOf?.(change))),
      },
    );
  });
  return {
    dirty,
    saving: save.isPending,
    restored: draft.restored,
    refusal,
    submit,
    discard: () => begin(saved),
  };
}

interface EditorFrameProps extends StackProps {
  editor: Editor;
  mayWrite: boolean;
  children: ReactNode;
}

/** The form on its page: what was found again, what was refused, the fields, and saving within reach. */
export function EditorFrame({ editor, mayWrite, children, ...stack }: EditorFrameProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={editor.submit} noValidate>
      <Stack {...stack}>
        <DraftNote restored={editor.restored && editor.dirty} />
        <Refused reason={editor.refusal} title={t('notDone')} />
        {children}
        {mayWrite && <SaveBar dirty={editor.dirty} saving={editor.saving} onDiscard={editor.discard} />}
      </Stack>
    </form>
  );
}
