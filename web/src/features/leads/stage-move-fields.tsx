import { Alert, Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconFileCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { ClustersSelect } from '../../components/selects';
import { formatDay, today } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import type { MoveForm } from './stage-move-form';
import type { MovableLead } from './stage-move';

type Form = { form: UseFormReturnType<MoveForm> };

const EVIDENCE_KINDS = ['decision', 'dossier', 'certificate', 'contract', 'document'] as const;
const LOST_REASONS = [
  'chose_other_province',
  'site_unsuitable',
  'land_price',
  'land_not_ready',
  'infrastructure_lacking',
  'labour_lacking',
  'procedure_too_long',
  'capital_lacking',
  'market_changed',
  'not_eligible',
  'not_selected',
  'not_interested',
  'no_contact',
  'duplicate',
  'other',
] as const;

/** The paper that proves that the stage was reached. */
export function EvidenceFields({ form }: Form) {
  const { t } = useTranslation('stage-move');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('evidence.why')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('evidence.kind')}
          data={EVIDENCE_KINDS.map((value) => ({ value, label: t(`evidence.kinds.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('evidence.kind')}
        />
        <TextInput
          label={t('evidence.number')}
          description={t('evidence.numberHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          withAsterisk
          maxLength={200}
          {...form.getInputProps('evidence.number')}
        />
        <DayField
          label={t('evidence.date')}
          clearable
          maxDate={today()}
          {...form.getInputProps('evidence.date')}
        />
        <TextInput
          label={t('evidence.issuedBy')}
          maxLength={200}
          {...form.getInputProps('evidence.issuedBy')}
        />
      </SimpleGrid>
      <TextInput
        label={t('evidence.url')}
        type="url"
        placeholder="https://"
        maxLength={500}
        {...form.getInputProps('evidence.url')}
      />
    </Stack>
  );
}

export function ProvenAlready({ paper }: { paper: { number: string; date?: string } }) {
  const { t } = useTranslation('stage-move');
  return (
    <Alert variant="light" icon={<IconFileCheck aria-hidden />}>
      {paper.date
        ? t('evidence.provenOn', { number: paper.number, date: formatDay(paper.date) })
        : t('evidence.proven', { number: paper.number })}
    </Alert>
  );
}

/** The clusters of a lead that has none yet, where the way asks for one. */
export function ClusterField({ form }: Form) {
  const { t } = useTranslation('stage-move');
  return (
    <ClustersSelect
      label={t('clusters')}
      description={t('clustersWhy')}
      withAsterisk
      maxValues={20}
      {...form.getInputProps('clusterIds')}
    />
  );
}

export function LostFields({ form }: Form) {
  const { t } = useTranslation('stage-move');
  return (
    <>
      <Select
        label={t('lostReason')}
        withAsterisk
        searchable
        data={LOST_REASONS.map((value) => ({ value, label: t(`lostReasons.${value}`) }))}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        {...form.getInputProps('lostReason')}
      />
      <TextInput
        label={t('lostTo')}
        description={t('lostToHint')}
        maxLength={200}
        {...form.getInputProps('lostTo')}
      />
    </>
  );
}

export function WakeField({ form }: Form) {
  const { t } = useTranslation('stage-move');
  return (
    <DayField
      label={t('wakeOn')}
      description={t('wakeOnHint')}
      withAsterisk
      minDate={today()}
      excludeDate={(day) => day <= today()}
      {...form.getInputProps('wakeOn')}
    />
  );
}

interface StandsBetweenProps {
  lead: MovableLead;
  stage: string;
  to: string;
  goThere: () => void;
}

/** A stage that would be passed over needs its own paper: one goes there first. */
export function StandsBetween({ lead, stage, to, goThere }: StandsBetweenProps) {
  const { t } = useTranslation('stage-move');
  const nameOf = useStageName();
  const names = { stage: nameOf(lead.kind, stage), to: nameOf(lead.kind, to) };
  return (
    <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title={t('between.title', names)}>
      <Stack gap="sm">
        <Text size="sm">{t('between.text', names)}</Text>
        <Group>
          <Button size="xs" variant="default" onClick={goThere}>
            {t('between.go', names)}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
