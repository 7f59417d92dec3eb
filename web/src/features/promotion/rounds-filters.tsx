import { Button, Group, Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { FilterText } from '../../components/filter-text';
import { clusterNamesQuery } from '../../components/selects';
import { ROUND_KINDS, ROUND_STATUSES } from './round-queries';

const FILTERS = ['q', 'status', 'kind', 'clusterId', 'ownerId'] as const;

/** What is asked for, as the address says it. */
export function useRoundFilters() {
  const search = useSearch({ from: '/shell/rounds' });
  const navigate = useNavigate();
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ to: '/rounds', search: (before) => ({ ...before, ...change }), replace: true });
  const isFiltered = FILTERS.some((name) => search[name]);
  const clear = () => void navigate({ to: '/rounds', search: {}, replace: true });
  return { search, set, isFiltered, clear };
}

export function RoundsFilters({ filters }: { filters: ReturnType<typeof useRoundFilters> }) {
  const { t } = useTranslation('rounds');
  const { search, set, isFiltered, clear } = filters;
  const clusters = useQuery(clusterNamesQuery).data?.items ?? [];
  const choice = (name: string) => ({
    'aria-label': t(name === 'clusterId' ? 'cluster' : name === 'ownerId' ? 'owner' : name),
    value: search[name] ?? null,
    onChange: (value: string | null) => set({ [name]: value ?? undefined }),
    clearable: true,
    clearButtonProps: { 'aria-label': t('clear') },
    w: { base: '100%', xs: 190 },
  });
  return (
    <Group gap="xs" role="search">
      <FilterText
        aria-label={t('searchRounds')}
        placeholder={t('searchRounds')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search.q}
        onChange={(q) => set({ q })}
        w={{ base: '100%', xs: 240 }}
      />
      <Select
        {...choice('status')}
        placeholder={t('status')}
        data={ROUND_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      <Select
        {...choice('kind')}
        placeholder={t('kind')}
        visibleFrom="sm"
        data={ROUND_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <Select
        {...choice('clusterId')}
        placeholder={t('cluster')}
        searchable
        visibleFrom="sm"
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        data={clusters.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        {...choice('ownerId')}
        placeholder={t('owner')}
        visibleFrom="sm"
        data={[{ value: 'me', label: t('mine') }]}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={clear}>
          {t('clearFilters')}
        </Button>
      )}
    </Group>
  );
}
