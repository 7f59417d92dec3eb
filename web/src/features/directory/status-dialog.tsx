import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { today } from '../../lib/format';
import { ClusterStatus } from './cluster-mark';
import type { Cluster, ClusterStatus as Status } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';

/** The steps that the server allows from each status: forward in the order of the law, and back with a reason. */
const STEPS: Record<Status, { forward: Status[]; back: Status[] }> = {
  planned: { forward: ['calling_for_investor', 'dropped'], back: [] },
  calling_for_investor: { forward: ['dossier_filed', 'dropped'], back: ['planned'] },
  dossier_filed: { forward: ['established', 'dropped'], back: ['calling_for_investor'] },
  established: {
    forward: ['under_construction', 'dropped'],
    back: ['dossier_filed', 'calling_for_investor'],
  },
  under_construction: { forward: ['operating', 'dropped'], back: ['established', 'calling_for_investor'] },
  operating: { forward: [], back: ['under_construction'] },
  dropped: { forward: [], back: ['planned'] },
};

type Values = { to: Status | ''; on: string | null; decisionNumber: string; source: string; note: string };

interface StatusDialogProps {
  opened: boolean;
  close: () => void;
  cluster: Cluster;
}

/** One step of a cluster's life, with its day, its decision and where this is known from. */
export function StatusDialog({ opened, close, cluster }: StatusDialogProps) {
  const { t } = useTranslation('cluster');
  return (
    <FormDialog opened={opened} close={close} title={t('status.change')}>
      <StatusForm cluster={cluster} close={close} />
    </FormDialog>
  );
}

const goesBack = (from: Status, to: Status | '') => to !== '' && STEPS[from].back.includes(to);

function StatusForm({ cluster, close }: Omit<StatusDialogProps, 'opened'>) {
  const { t } = useTranslation('cluster');
  const [key] = useState(newKey);
  const form = useForm<Values>({
    initialValues: { to: '', on: today(), decisionNumber: '', source: '', note: '' },
    validate: {
      to: (value) => (value ? null : t('status.toMissing')),
      on: (value) => (value ? null : t('dayMissing')),
      source: (value) => (value.trim() ? null : t('sourceMissing')),
      note: (value, { to }) =>
        goesBack(cluster.status, to) && !value.trim() ? t('status.noteMissing') : null,
    },
  });
  const draft = useDraft(`cluster-status:${cluster.id}`, form);
  const save = useMutation({
    mutationFn: ({ to, on, decisionNumber, source, note }: Values) =>
      take(
        api.POST('/api/v1/clusters/{id}/status', {
          params: { path: { id: cluster.id } },
          headers: once(key),
          body: {
            to: to || cluster.status,
            on: on ?? '',
            source: source.trim(),
            decisionNumber: decisionNumber.trim() || null,
            note: note.trim() || null,
          },
        }),
      ),
    onSuccess: useSaved(['cluster'], draft, close),
  });
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{ send: save.mutate, saving: save.isPending, error: save.error }}
      close={close}
    >
      <StatusFields form={form} from={cluster.status} />
    </KeptForm>
  );
}

function StatusFields({ form, from }: { form: UseFormReturnType<Values>; from: Status }) {
  const { t } = useTranslation('cluster');
  const { forward, back } = STEPS[from];
  const asksWhy = goesBack(from, form.values.to);
  return (
    <>
      <Radio.Group label={t('status.to')} required {...form.getInputProps('to')}>
        <Stack gap="xs" mt="xs">
          {[...forward, ...back].map((status) => (
            <Radio
              key={status}
              value={status}
              label={<ClusterStatus status={status} />}
              description={back.includes(status) ? t('status.back') : undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <DayField label={t('on')} required maxDate={today()} {...form.getInputProps('on')} />
      <TextInput
        label={t('decisionNumber')}
        placeholder={t('decisionExample')}
        maxLength={200}
        {...form.getInputProps('decisionNumber')}
      />
      <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
      <Textarea
        label={t(asksWhy ? 'status.why' : 'note')}
        required={asksWhy}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
    </>
  );
}
