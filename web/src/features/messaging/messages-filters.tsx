import { Box, Button, Group, MultiSelect, Select, SimpleGrid } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconFilter, IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FilterPick } from '../../components/filter-choice';
import { FilterText } from '../../components/filter-text';
import { MESSAGE_STATUSES, roundNamesQuery } from './message-queries';

/** What the address says of the list. */
export interface MessageFilters {
  q?: string;
  status?: string;
  answered?: string;
  audience?: string;
  round?: string;
  from?: string;
  to?: string;
}

/** What nobody but a person can settle. */
export const ATTENTION = 'failed,bounced,unknown';

interface FiltersProps {
  filters: MessageFilters;
  onChange: (changed: MessageFilters) => void;
}

export function MessagesFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('messages');
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div role="search" aria-label={t('filters.label')}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <FilterText
          type="search"
          label={t('filters.q')}
          leftSection={<IconSearch size={16} aria-hidden />}
          maxLength={200}
          value={filters.q}
          onChange={(q) => onChange({ q })}
        />
        <Box display={{ base: opened ? 'contents' : 'none', xs: 'contents' }}>
          <MultiSelect
            label={t('filters.status')}
            placeholder={filters.status ? undefined : t('all', { ns: 'common' })}
            clearable
            clearButtonProps={{ 'aria-label': t('filters.clear') }}
            data={MESSAGE_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            value={filters.status?.split(',') ?? []}
            onChange={(values) => onChange({ status: values.join(',') || undefined })}
          />
          <ChoiceFilters filters={filters} onChange={onChange} />
          <DayField
            label={t('filters.from')}
            clearable
            value={filters.from}
            maxDate={filters.to}
            onChange={(day) => onChange({ from: day ?? undefined })}
          />
          <DayField
            label={t('filters.to')}
            clearable
            value={filters.to}
            minDate={filters.from}
            onChange={(day) => onChange({ to: day ?? undefined })}
          />
        </Box>
      </SimpleGrid>
      <FilterButtons filters={filters} onChange={onChange} opened={opened} toggle={toggle} />
    </div>
  );
}

interface ButtonsProps extends FiltersProps {
  /** The fields that a telephone folds. */
  opened: boolean;
  toggle: () => void;
}

function FilterButtons({ filters, onChange, opened, toggle }: ButtonsProps) {
  const { t } = useTranslation('messages');
  const active = Object.values(filters).some(Boolean);
  return (
    <Group gap="xs" mt="sm">
      <Button
        size="compact-sm"
        variant="default"
        hiddenFrom="xs"
        aria-expanded={opened}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={toggle}
      >
        {t(opened ? 'filters.less' : 'filters.more')}
      </Button>
      <Button
        size="compact-sm"
        variant={filters.status === ATTENTION ? 'filled' : 'default'}
        aria-pressed={filters.status === ATTENTION}
        leftSection={<IconAlertTriangle size={16} aria-hidden />}
        onClick={() => onChange({ status: filters.status === ATTENTION ? undefined : ATTENTION })}
      >
        {t('filters.attention')}
      </Button>
      {active && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => onChange(NO_FILTERS)}
        >
          {t('filters.clear')}
        </Button>
      )}
    </Group>
  );
}

const NO_FILTERS: MessageFilters = {
  q: undefined,
  status: undefined,
  answered: undefined,
  audience: undefined,
  round: undefined,
  from: undefined,
  to: undefined,
};

function ChoiceFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('messages');
  const rounds = useQuery(roundNamesQuery).data?.items ?? [];
  return (
    <>
      <FilterPick
        label={t('filters.answered')}
        clearLabel={t('filters.clear')}
        data={[
          { value: 'true', label: t('filters.answeredYes') },
          { value: 'false', label: t('filters.answeredNo') },
        ]}
        value={filters.answered}
        onChange={(answered) => onChange({ answered })}
      />
      <Select
        label={t('filters.audience')}
        allowDeselect={false}
        data={(['investor', 'officer', 'all'] as const).map((value) => ({
          value,
          label: t(`audience.${value}`),
        }))}
        value={filters.audience ?? 'investor'}
        onChange={(value) => onChange({ audience: value === 'investor' ? undefined : (value ?? undefined) })}
      />
      <FilterPick
        label={t('filters.round')}
        clearLabel={t('filters.clear')}
        searchable
        data={rounds.map(({ id, name }) => ({ value: id, label: name }))}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        value={filters.round}
        onChange={(round) => onChange({ round })}
      />
    </>
  );
}
