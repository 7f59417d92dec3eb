import { Button, Group, Pill } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { clusterNamesQuery, colleaguesQuery } from '../../components/selects';
import { formatDay } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import {
  districtsQuery,
  FILTERS,
  roundNamesQuery,
  type FilterName,
  type PipelineAddress,
} from './pipeline-filters';

type Named = { id: string; name: string };

/** What each filter says, in words. */
function useFilterWords(address: PipelineAddress): (name: FilterName, value: string) => string {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const { filters } = address;
  const { data: clusters } = useQuery({ ...clusterNamesQuery, enabled: Boolean(filters.clusterId) });
  const { data: districts } = useQuery({ ...districtsQuery, enabled: Boolean(filters.planningDistrictId) });
  const { data: rounds } = useQuery({ ...roundNamesQuery, enabled: Boolean(filters.roundId) });
  const { data: colleagues } = useQuery({ ...colleaguesQuery, enabled: Boolean(filters.ownerId) });
  const find = (list: readonly Named[] | undefined, id: string) =>
    list?.find((item) => item.id === id)?.name ?? '…';
  const valueOf = (name: FilterName, value: string): string => {
    switch (name) {
      case 'stage':
        return value
          .split(',')
          .map((code) => nameOf(address.kind, code))
          .join(', ');
      case 'ownerId':
        return find(colleagues, value);
      case 'clusterId':
        return find(clusters?.items, value);
      case 'planningDistrictId':
        return find(districts?.items, value);
      case 'roundId':
        return find(rounds?.items, value);
      case 'source':
        return t(`source.${value}`);
      case 'createdFrom':
      case 'createdTo':
        return formatDay(value);
      default:
        return value;
    }
  };
  return (name, value) => {
    if (name === 'stale' || name === 'unanswered')
      return t(`flag.${name}_${value === 'false' ? 'no' : 'yes'}`);
    if (name === 'ownerId' && (value === 'me' || value === 'none')) return t(`owners.${value}`);
    return t(`chip.${name}`, { value: valueOf(name, value) });
  };
}

/** The filters in force, each to be taken out. */
export function PipelineFilterChips({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const words = useFilterWords(address);
  const active = FILTERS.flatMap((name) => {
    const value = address.filters[name];
    return value ? [{ name, text: words(name, value) }] : [];
  });
  if (active.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={t('activeFilters')}>
      {active.map(({ name, text }) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          onRemove={() => address.set({ [name]: undefined })}
          removeButtonProps={{
            'aria-label': t('removeFilter', { filter: text }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
        >
          {text}
        </Pill>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={() => address.replace({})}>
        {t('clearAll')}
      </Button>
    </Group>
  );
}
