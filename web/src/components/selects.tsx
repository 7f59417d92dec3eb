import { Loader, MultiSelect, Select, type MultiSelectProps, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../lib/api';

export const colleaguesQuery = queryOptions({
  queryKey: ['user', 'colleagues'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/colleagues', { signal })),
  staleTime: 10 * 60_000,
});

type Bound = 'data' | 'searchable' | 'searchValue' | 'onSearchChange' | 'nothingFoundMessage';

/** One of the active staff. */
export function ColleagueSelect(props: Omit<SelectProps, Bound>) {
  const { t } = useTranslation();
  const { data } = useQuery(colleaguesQuery);
  const options = (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <Select {...props} searchable data={options} nothingFoundMessage={t('nothingFound')} />;
}

interface FirmSelectProps extends Omit<SelectProps, Bound> {
  /** The firm that is chosen already, to show its name. */
  known?: { id: string; name: string } | null;
}

/** A firm by name (accents or not), tax code, phone or e-mail: the server searches. */
export function FirmSelect({ known, ...props }: FirmSelectProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const seen = useRef(new Map<string, string>());
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['firm', 'select', q],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/firms', { signal, params: { query: { limit: 20, ...(q && { q }) } } })),
    placeholderData: keepPreviousData,
  });
  const chosen = props.value ?? '';
  const chosenName = known?.id === chosen ? known.name : seen.current.get(chosen);
  // what was found for other words is not offered: whoever types on and presses Enter would take the wrong firm
  const settled = q === typed.trim() && !isPlaceholderData;
  const options = new Map(chosenName ? [[chosen, chosenName]] : []);
  for (const { id, name } of (settled && data?.items) || []) options.set(id, name);
  for (const [id, name] of options) seen.current.set(id, name);
  return (
    <Select
      {...props}
      searchable
      data={[...options].map(([value, label]) => ({ value, label }))}
      // what the server found is not filtered again: it also reads tax codes and addresses
      filter={({ options: all }) => all}
      onSearchChange={setTyped}
      rightSection={isFetching ? <Loader size="xs" /> : undefined}
      nothingFoundMessage={isFetching || !settled ? t('searching') : t('nothingFound')}
    />
  );
}

export const clusterNamesQuery = queryOptions({
  queryKey: ['cluster', 'names'],
  queryFn: ({ signal }) =>
    take(api.GET('/api/v1/clusters', { signal, params: { query: { limit: 200, sort: 'name' } } })),
  staleTime: 10 * 60_000,
});

/** Industrial clusters by name. */
export function ClustersSelect(props: Omit<MultiSelectProps, 'data' | 'searchable' | 'nothingFoundMessage'>) {
  const { t } = useTranslation();
  const { data } = useQuery(clusterNamesQuery);
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <MultiSelect {...props} searchable data={options} nothingFoundMessage={t('nothingFound')} />;
}
