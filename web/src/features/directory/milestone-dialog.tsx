import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { formatDay, today } from '../../lib/format';
import type { Milestone } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';
import { useSave } from './use-save';

export type MilestoneKind = Milestone['kind'];

export const MILESTONES: MilestoneKind[] = [
  'detailed_plan_approved',
  'land_cleared',
  'ground_broken',
  'wastewater_works',
  'fire_protection_works',
  'infrastructure_complete',
];

type Values = {
  version: number;
  kind: MilestoneKind | '';
  on: string | null;
  decisionNumber: string;
  source: string;
  note: string;
};

const body = ({ kind, on, decisionNumber, source, note }: Values) => ({
  kind: kind || ('land_cleared' as const),
  on,
  decisionNumber: decisionNumber.trim() || null,
  source: source.trim(),
  note: note.trim() || null,
});

type Body = ReturnType<typeof body>;

interface MilestoneDialogProps {
  opened: boolean;
  close: () => void;
  clusterId: string;
  /** The one to change; null: a new one. */
  milestone: Milestone | null;
}

export function MilestoneDialog({ opened, ...props }: MilestoneDialogProps) {
  const { t } = useTranslation('cluster');
  return (
    <FormDialog
      opened={opened}
      close={props.close}
      title={t(props.milestone ? 'milestone.edit' : 'milestone.add')}
    >
      <MilestoneForm {...props} />
    </FormDialog>
  );
}

function differences(mine: Body, theirs: Milestone) {
  const shown = (field: string, value: string | null) => {
    if (!value) return i18n.t('unknown');
    if (field === 'kind') return i18n.t(`milestone.kind.${value}`, { ns: 'cluster' });
    return field === 'on' ? formatDay(value) : value;
  };
  return (Object.keys(mine) as (keyof Body)[])
    .map((field) => ({
      field: i18n.t(field === 'kind' ? 'milestone.what' : field, { ns: 'cluster' }),
      mine: shown(field, mine[field]),
      theirs: shown(field, theirs[field]),
    }))
    .filter((one) => one.mine !== one.theirs);
}

function useSaveMilestone(clusterId: string, milestone: Milestone | null, onSaved: () => void) {
  const path = { id: clusterId, milestoneId: milestone?.id ?? '' };
  return useSave<Milestone, Values, Body>({
    isNew: !milestone,
    create: (values, headers) =>
      take(
        api.POST('/api/v1/clusters/{id}/milestones', {
          params: { path: { id: clusterId } },
          headers,
          body: body(values),
        }),
      ),
    change: (changes, version) =>
      take(
        api.PATCH('/api/v1/clusters/{id}/milestones/{milestoneId}', {
          params: { path },
          headers: ifMatch(version),
          body: changes,
        }),
      ),
    changes: body,
    current: async () => {
      const { items } = await take(
        api.GET('/api/v1/clusters/{id}/milestones', { params: { path: { id: clusterId } } }),
      );
      return items.find(({ id }) => id === path.milestoneId)!;
    },
    differences,
    onSaved,
  });
}

function MilestoneForm({ clusterId, milestone: given, close }: Omit<MilestoneDialogProps, 'opened'>) {
  const { t } = useTranslation('cluster');
  const [milestone] = useState(given);
  const form = useForm<Values>({
    initialValues: {
      version: milestone?.version ?? 0,
      kind: milestone?.kind ?? '',
      on: milestone?.on ?? null,
      decisionNumber: milestone?.decisionNumber ?? '',
      source: milestone?.source ?? '',
      note: milestone?.note ?? '',
    },
    validate: {
      kind: (value) => (value ? null : i18n.t('required')),
      source: (value) => (value.trim() ? null : t('sourceMissing')),
    },
  });
  const draft = useDraft(`milestone:${milestone?.id ?? clusterId}`, form);
  const save = useSaveMilestone(clusterId, milestone, useSaved(['cluster'], draft, close));
  return (
    <KeptForm form={form} draft={draft} save={save} close={close}>
      <Select
        label={t('milestone.what')}
        required
        data={MILESTONES.map((value) => ({ value, label: t(`milestone.kind.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <DayField
        label={t('on')}
        description={t('milestone.onHint')}
        clearable
        maxDate={today()}
        {...form.getInputProps('on')}
      />
      <TextInput label={t('decisionNumber')} maxLength={200} {...form.getInputProps('decisionNumber')} />
      <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
      <Textarea label={t('note')} autosize minRows={2} maxLength={2000} {...form.getInputProps('note')} />
    </KeptForm>
  );
}
