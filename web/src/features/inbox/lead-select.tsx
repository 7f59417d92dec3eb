import { Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';

/** A lead by its firm or its reference: the server searches. */
export function LeadSelect(props: Omit<SelectProps, 'data' | 'searchable' | 'onSearchChange' | 'filter'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const [q] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim(), 200);
  const { data, isFetching } = useQuery({
    queryKey: ['lead', 'select', q],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads', { signal, params: { query: { limit: 20, ...(q && { q }) } } })),
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).map(({ id, reference, firm }) => ({
    value: id,
    label: `${firm.name} (${reference})`,
  }));
  const options = chosen && !found.some(({ value }) => value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
      {...props}
      searchable
      data={options}
      // what the server found is not filtered again
      filter={({ options: all }) => all}
      onSearchChange={setTyped}
      onChange={(value, option) => {
        setChosen(value === null ? null : { value, label: option?.label ?? '' });
        props.onChange?.(value, option);
      }}
      rightSection={isFetching ? <Loader size="xs" /> : undefined}
      nothingFoundMessage={isFetching ? t('searching') : t('nothingFound')}
    />
  );
}
