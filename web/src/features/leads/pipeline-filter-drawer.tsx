import { Button, Drawer, Group, MultiSelect, Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { clusterNamesQuery } from '../../components/selects';
import { useStageName } from '../../lib/pipelines';
import { districtsQuery, roundNamesQuery, type FilterName, type PipelineAddress } from './pipeline-filters';
import { useStages } from './stage-move';

const SOURCES = ['enquiry', 'round', 'officer', 'import'] as const;

type Named = { id: string; name: string };
const options = (items: readonly Named[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

function Choice({
  name,
  address,
  data,
}: {
  name: FilterName;
  address: PipelineAddress;
  data: { value: string; label: string }[];
}) {
  const { t } = useTranslation('pipeline');
  return (
    <Select
      label={t(`field.${name}`)}
      placeholder={t('all', { ns: 'common' })}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clearField', { field: t(`field.${name}`) }) }}
      data={data}
      value={address.filters[name] ?? null}
      onChange={(value) => address.set({ [name]: value ?? undefined })}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
    />
  );
}

function Stages({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const codes = [...useStages(address.kind).map(({ code }) => code), 'dormant', 'lost'];
  return (
    <MultiSelect
      label={t('field.stage')}
      placeholder={address.filters.stage ? undefined : t('all', { ns: 'common' })}
      clearable
      clearButtonProps={{ 'aria-label': t('clearField', { field: t('field.stage') }) }}
      data={codes.map((value) => ({ value, label: nameOf(address.kind, value) }))}
      value={address.filters.stage?.split(',') ?? []}
      onChange={(values) => address.set({ stage: values.join(',') || undefined })}
    />
  );
}

function Flag({ name, address }: { name: 'stale' | 'unanswered'; address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  return (
    <Switch
      label={t(`flag.${name}_yes`)}
      description={t(`flagHint.${name}`)}
      checked={address.filters[name] === 'true'}
      onChange={({ currentTarget }) => address.set({ [name]: currentTarget.checked ? 'true' : undefined })}
    />
  );
}

function Day({ name, address }: { name: 'createdFrom' | 'createdTo'; address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  return (
    <DayField
      label={t(`field.${name}`)}
      clearable
      value={address.filters[name]}
      onChange={(day) => address.set({ [name]: day ?? undefined })}
    />
  );
}

/** All filters; each works at once, so that the page behind shows what it does. */
function Fields({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const { data: clusters } = useQuery(clusterNamesQuery);
  const { data: districts } = useQuery(districtsQuery);
  const { data: rounds } = useQuery(roundNamesQuery);
  return (
    <Stack>
      <Stages address={address} />
      <Flag name="stale" address={address} />
      <Flag name="unanswered" address={address} />
      <Choice name="clusterId" address={address} data={options(clusters?.items)} />
      <Choice name="planningDistrictId" address={address} data={options(districts?.items)} />
      <Choice
        name="source"
        address={address}
        data={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
      />
      <Choice name="roundId" address={address} data={options(rounds?.items)} />
      <SimpleGrid cols={2} spacing="sm">
        <Day name="createdFrom" address={address} />
        <Day name="createdTo" address={address} />
      </SimpleGrid>
    </Stack>
  );
}

export function PipelineFilterDrawer({
  address,
  opened,
  close,
}: {
  address: PipelineAddress;
  opened: boolean;
  close: () => void;
}) {
  const { t } = useTranslation('pipeline');
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      size="sm"
      title={t('filters')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Stack>
        <Fields address={address} />
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => address.replace({})}>
            {t('clearAll')}
          </Button>
          <Button onClick={close}>{t('showResults')}</Button>
        </Group>
      </Stack>
    </Drawer>
  );
}
