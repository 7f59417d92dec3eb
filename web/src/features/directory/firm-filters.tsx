import { Button, Group, Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { countryOptions } from '../../lib/countries';
import { FilterText } from './filter-text';
import { useFilters } from './use-filters';

/** What is looked for; kept in the address. */
export function FirmFilters() {
  const { t } = useTranslation('firms');
  const [filters, change] = useFilters('/shell/firms');
  const { q, country, sector, sample, sort } = filters;
  return (
    <Group component="search" gap="sm" align="flex-end">
      <FilterText
        label={t('filter.q')}
        placeholder={t('filter.qHint')}
        type="search"
        flex="2 1 280px"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        onChange={(value) => change({ q: value })}
      />
      <Select
        label={t('country')}
        placeholder={t('all', { ns: 'common' })}
        flex="1 1 150px"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearCountry') }}
        data={countryOptions()}
        value={country ?? null}
        onChange={(value) => change({ country: value ?? undefined })}
      />
      <FilterText
        label={t('sectors')}
        flex="1 1 150px"
        value={sector}
        onChange={(value) => change({ sector: value })}
      />
      <Select
        label={t('filter.sort')}
        flex="1 1 150px"
        allowDeselect={false}
        data={[
          { value: '', label: t(q ? 'filter.best' : 'filter.byName') },
          { value: '-createdAt', label: t('filter.newest') },
          ...(q ? [{ value: 'name', label: t('filter.byName') }] : []),
        ]}
        value={sort ?? ''}
        onChange={(value) => change({ sort: value || undefined })}
      />
      <Select
        label={t('filter.sample')}
        flex="1 1 150px"
        allowDeselect={false}
        data={[
          { value: '', label: t('all', { ns: 'common' }) },
          { value: 'false', label: t('filter.real') },
          { value: 'true', label: t('sample', { ns: 'common' }) },
        ]}
        value={sample ?? ''}
        onChange={(value) => change({ sample: value || undefined })}
      />
      {(q || country || sector || sample) && (
        <Button
          variant="subtle"
          onClick={() => change({ q: undefined, country: undefined, sector: undefined, sample: undefined })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}
