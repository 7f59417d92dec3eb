import { Button, Drawer, Group, Pill, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FilterChoice, FilterPick } from '../../components/filter-choice';
import { clusterNamesQuery, colleaguesQuery } from '../../components/selects';
import { formatDay, formatNumber, today } from '../../lib/format';
import { districtsQuery, roundNamesQuery } from '../leads/pipeline-filters';
import { FILTERS_OF, GROUPINGS_OF, type FilterName, type ReportAddress } from './report-address';

interface Option {
  value: string;
  label: string;
}

const SOURCES = ['enquiry', 'round', 'officer', 'import'] as const;
const KINDS = ['infrastructure', 'secondary'] as const;
const named = (items: readonly { id: string; name: string }[] | undefined): Option[] =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** What may be chosen for each filter; none for days. */
function useOptions(): (name: FilterName) => Option[] {
  const { t } = useTranslation('reports');
  const { data: colleagues } = useQuery(colleaguesQuery);
  const { data: clusters } = useQuery(clusterNamesQuery);
  const { data: districts } = useQuery(districtsQuery);
  const { data: rounds } = useQuery(roundNamesQuery);
  return (name) => {
    switch (name) {
      case 'kind':
        return KINDS.map((value) => ({ value, label: t(`kind.${value}`, { ns: 'common' }) }));
      case 'ownerId':
        return [{ value: 'none', label: t('noOwner') }, ...named(colleagues)];
      case 'clusterId':
        return named(clusters?.items);
      case 'planningDistrictId':
        return named(districts?.items);
      case 'source':
        return SOURCES.map((value) => ({ value, label: t(`source.${value}`) }));
      case 'roundId':
        return named(rounds?.items);
      default:
        return [];
    }
  };
}

const isDay = (name: FilterName) => name === 'from' || name === 'to';

function Fields({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const optionsOf = useOptions();
  return FILTERS_OF[address.name].map((name) =>
    isDay(name) ? (
      <DayField
        key={name}
        label={t(`filter.${name}`)}
        description={name === 'from' ? t(`filterHint.${address.name}`) : undefined}
        clearable
        value={address.words[name]}
        onChange={(day) => address.set({ [name]: day ?? undefined })}
      />
    ) : (
      <FilterPick
        key={name}
        label={t(`filter.${name}`)}
        clearLabel={t('clearFilter', { filter: t(`filter.${name}`) })}
        searchable={name !== 'kind' && name !== 'source'}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        data={optionsOf(name)}
        value={address.words[name]}
        onChange={(value) => address.set({ [name]: value })}
      />
    ),
  );
}

/** What narrows the report now; each can be taken out. */
function Chips({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const optionsOf = useOptions();
  const given = FILTERS_OF[address.name].filter((name) => address.words[name]);
  if (given.length === 0) return null;
  const say = (name: FilterName) => {
    const value = address.words[name]!;
    const word = isDay(name) ? formatDay(value) : optionsOf(name).find((one) => one.value === value)?.label;
    return `${t(`filter.${name}`)}: ${word ?? '…'}`;
  };
  return (
    <Group gap="xs" role="group" aria-label={t('filtersInForce')}>
      {given.map((name) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          removeButtonProps={{
            'aria-label': t('clearFilter', { filter: say(name) }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() => address.set({ [name]: undefined })}
        >
          {say(name)}
        </Pill>
      ))}
    </Group>
  );
}

/** By what the rows are grouped, as of which day, and what else narrows the report. */
export function ReportFilters({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const [opened, { open, close }] = useDisclosure();
  const groupings = GROUPINGS_OF[address.name];
  const filters = FILTERS_OF[address.name];
  const count = filters.filter((name) => address.words[name]).length;
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        {groupings.length > 0 && (
          <FilterChoice
            flex="0 1 220px"
            label={t('groupBy')}
            data={groupings.map((value) => ({ value, label: t(`group.${value}`) }))}
            value={address.groupBy}
            onChange={(groupBy) => address.set({ groupBy })}
          />
        )}
        <DayField
          flex="0 1 190px"
          label={t('asOf')}
          clearable
          maxDate={today()}
          value={address.asOf}
          onChange={(asOf) => address.set({ asOf: asOf ?? undefined })}
        />
        {filters.length > 0 && (
          <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} onClick={open}>
            {count > 0 ? t('filtersCount', { number: formatNumber(count) }) : t('filters')}
          </Button>
        )}
      </Group>
      <Chips address={address} />
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
            <Button variant="subtle" onClick={address.clear}>
              {t('clearAll')}
            </Button>
            <Button onClick={close}>{t('showReport')}</Button>
          </Group>
        </Stack>
      </Drawer>
    </Stack>
  );
}
