import { MultiSelect } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';

const districtNamesQuery = queryOptions({
  queryKey: ['cluster', 'district-names'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/planning-districts', { signal })),
  staleTime: 60 * 60_000,
});

export type InvestorLanguage = 'vi' | 'en' | 'zh';
const INVESTOR_LANGUAGES = ['vi', 'en', 'zh'] as const;

export const useDistrictName = (): ((id: string) => string) => {
  const { data } = useQuery(districtNamesQuery);
  return (id) => data?.items.find((district) => district.id === id)?.name ?? '';
};

interface DutiesProps {
  districts: GetInputPropsReturnType;
  languages: GetInputPropsReturnType;
}

/** Whose enquiries come to a person first: by district, then by language. */
export function UserDuties({ districts, languages }: DutiesProps) {
  const { t } = useTranslation('duties');
  const { data } = useQuery(districtNamesQuery);
  return (
    <>
      <MultiSelect
        label={t('districts')}
        description={t('districtsText')}
        data={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        {...districts}
      />
      <MultiSelect
        label={t('languages')}
        description={t('languagesText')}
        data={INVESTOR_LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        {...languages}
      />
    </>
  );
}
