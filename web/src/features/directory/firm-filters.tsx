import { Button, Group } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FilterChoice, FilterPick } from '../../components/filter-choice';
import { FilterText } from '../../components/filter-text';
import { countryOptions } from '../../lib/countries';
import { useFilters } from './use-filters';

const NONE = { q: undefined, country: undefined, sector: undefined, sample: undefined };

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
      <FilterPick
        label={t('country')}
        clearLabel={t('filter.clearCountry')}
        flex="1 1 150px"
        searchable
        data={countryOptions()}
        value={country}
        onChange={(value) => change({ country: value })}
      />
      <FilterText
        label={t('sectors')}
        flex="1 1 150px"
        value={sector}
        onChange={(value) => change({ sector: value })}
      />
      <FilterChoice
        label={t('filter.sort')}
        data={[
          { value: '', label: t(q ? 'filter.best' : 'filter.byName') },
          { value: '-createdAt', label: t('filter.newest') },
          ...(q ? [{ value: 'name', label: t('filter.byName') }] : []),
        ]}
        value={sort}
        onChange={(value) => change({ sort: value })}
      />
      <FilterChoice
        label={t('filter.sample')}
        data={[
          { value: '', label: t('all', { ns: 'common' }) },
          { value: 'false', label: t('filter.real') },
          { value: 'true', label: t('sample', { ns: 'common' }) },
        ]}
        value={sample}
        onChange={(value) => change({ sample: value })}
      />
      {(q || country || sector || sample) && (
        <Button variant="subtle" onClick={() => change(NONE)}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}
