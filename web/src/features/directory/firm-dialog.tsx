import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../components/form-dialog';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { changedOnly } from './changed';
import { firmQuery, spoken, type Firm } from './directory-queries';
import { Duplicates, useDuplicates } from './firm-duplicates';
import { FirmFields } from './firm-fields';
import { firmBody, firmDifferences, firmValues, type FirmBody, type FirmValues } from './firm-form';
import { KeptForm, useSaved } from './kept-form';
import { useSave } from './use-save';

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

function useSaveFirm(firm: Firm | null, onSaved: (firm: Firm) => void) {
  const params = { path: { id: firm?.id ?? '' }, header: spoken() };
  return useSave<Firm, FirmValues, FirmBody>({
    isNew: !firm,
    create: (values, headers) =>
      take(api.POST('/api/v1/firms', { params: { header: spoken() }, headers, body: firmBody(values) })),
    change: (body, version) =>
      take(api.PATCH('/api/v1/firms/{id}', { params, headers: ifMatch(version), body })),
    changes: (values) => changedOnly(firmBody(values), firmBody(firmValues(firm))),
    current: () => take(api.GET('/api/v1/firms/{id}', { params })),
    differences: firmDifferences,
    onSaved,
  });
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
  const done = useSaved(['firm'], draft, close);
  const save = useSaveFirm(firm, (saved) => {
    client.setQueryData(firmQuery(saved.id).queryKey, saved);
    done();
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
    <KeptForm form={form} draft={draft} save={save} close={close}>
      <FirmFields form={form} warnings={doubts?.warnings ?? []} />
      {same.length > 0 && <Duplicates found={same} use={use} />}
    </KeptForm>
  );
}
