import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { hasStatus } from '../../lib/problem';
import { changedOnly } from './changed';
import { firmQuery, spoken, type Firm } from './directory-queries';
import { Duplicates, useDuplicates } from './firm-duplicates';
import { FirmFields } from './firm-fields';
import { firmBody, firmDifferences, firmValues, type FirmBody, type FirmValues } from './firm-form';
import { useFault } from './use-fault';

interface FirmDialogProps {
  opened: boolean;
  close: () => void;
  /** The firm to change; null: a new one. */
  firm: Firm | null;
  onSaved?: (firm: Firm) => void;
}

/** A firm's facts; warns of firms that may be the same while it is being typed. */
export function FirmDialog({ opened, close, firm, onSaved }: FirmDialogProps) {
  const { t } = useTranslation('firms');
  return (
    <FormDialog opened={opened} close={close} title={t(firm ? 'editTitle' : 'newTitle')} size="xl">
      <FirmForm firm={firm} close={close} onSaved={onSaved} />
    </FormDialog>
  );
}

function useSave(firm: Firm | null, saved: (firm: Firm) => void) {
  const [key] = useState(newKey);
  const create = useMutation({
    mutationFn: (values: FirmValues) =>
      take(
        api.POST('/api/v1/firms', {
          params: { header: spoken() },
          headers: once(key),
          body: firmBody(values),
        }),
      ),
    onSuccess: saved,
  });
  const id = firm?.id ?? '';
  const change = useVersionedSave<Firm, FirmBody>({
    send: (body, version) =>
      take(
        api.PATCH('/api/v1/firms/{id}', {
          params: { path: { id }, header: spoken() },
          headers: ifMatch(version),
          body,
        }),
      ),
    current: () => take(api.GET('/api/v1/firms/{id}', { params: { path: { id }, header: spoken() } })),
    differences: firmDifferences,
    onSaved: saved,
    onTheirs: saved,
  });
  return {
    send: (values: FirmValues) =>
      firm
        ? change.mutate({
            body: changedOnly(firmBody(values), firmBody(firmValues(firm))),
            version: values.version,
          })
        : create.mutate(values),
    saving: create.isPending || change.isPending,
    error: create.error ?? (hasStatus(change.error, 412) ? null : change.error),
  };
}

/** By what a firm is told from others. */
const MARKS = ['name', 'taxCode', 'phone', 'email'] as const;

function FirmForm({ firm: given, close, onSaved }: Omit<FirmDialogProps, 'opened'>) {
  const { t } = useTranslation('firms');
  const client = useQueryClient();
  const navigate = useNavigate();
  // what others save while the form is open is told when it is sent, not by changing it under the hands
  const [firm] = useState(given);
  const form = useForm<FirmValues>({
    initialValues: firmValues(firm),
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  });
  const draft = useDraft(`firm:${firm?.id ?? 'new'}`, form);
  const save = useSave(firm, (saved) => {
    draft.forget();
    client.setQueryData(firmQuery(saved.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['firm'] });
    close();
    tellDone(i18n.t('saved'));
    onSaved?.(saved);
  });
  const doubts = useDuplicates(form.values);
  // a firm that is known already is looked for again only under what has been typed anew
  const asked = !firm || MARKS.some((mark) => form.isDirty(mark));
  const same = asked ? (doubts?.items.filter(({ id }) => id !== firm?.id) ?? []) : [];
  const use = (firmId: string) => {
    draft.forget();
    close();
    void navigate({ to: '/firms/$firmId', params: { firmId } });
  };
  return (
    <FormFrame
      onSubmit={form.onSubmit(save.send)}
      close={close}
      saving={save.saving}
      fault={useFault(form, save.error)}
      restored={draft.restored}
      discard={() => {
        form.reset();
        draft.forget();
      }}
    >
      <FirmFields form={form} warnings={doubts?.warnings ?? []} />
      {same.length > 0 && <Duplicates found={same} use={use} />}
    </FormFrame>
  );
}
