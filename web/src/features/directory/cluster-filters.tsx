import { Button, Group, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FilterChoice, FilterPick } from '../../components/filter-choice';
import { FilterText } from '../../components/filter-text';
import { STATUSES } from './cluster-mark';
import { districtsQuery } from './directory-queries';
import { useFilters } from './use-filters';

const NONE = { q: undefined, status: undefined, district: undefined, sector: undefined, public: undefined };

/** Which clusters are shown; kept in the address. */
export function ClusterFilters() {
  const { t } = useTranslation('clusters');
  const [filters, change] = useFilters('/shell/clusters');
  const { data: districts } = useQuery(districtsQuery);
  const { q, status, district, sector, public: shown } = filters;
  return (
    <Group component="search" gap="sm" align="flex-end">
      <FilterText
        label={t('filter.q')}
        type="search"
        flex="1 1 180px"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        onChange={(value) => change({ q: value })}
      />
      <MultiSelect
        label={t('status')}
        placeholder={status ? undefined : t('all', { ns: 'common' })}
        flex="2 1 220px"
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clearStatus') }}
        data={STATUSES.map((value) => ({ value, label: t(`clusterStatus.${value}`, { ns: 'common' }) }))}
        value={status ? status.split(',') : []}
        onChange={(values) => change({ status: values.join(',') || undefined })}
      />
      <FilterPick
        label={t('district')}
        clearLabel={t('filter.clearDistrict')}
        flex="1 1 170px"
        data={(districts?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        value={district}
        onChange={(value) => change({ district: value })}
      />
      <FilterText
        label={t('sector')}
        flex="1 1 140px"
        value={sector}
        onChange={(value) => change({ sector: value })}
      />
      <FilterChoice
        label={t('public')}
        data={[
          { value: '', label: t('all', { ns: 'common' }) },
          { value: 'true', label: t('filter.public') },
          { value: 'false', label: t('filter.notPublic') },
        ]}
        value={shown}
        onChange={(value) => change({ public: value })}
      />
      {(q || status || district || sector || shown) && (
        <Button variant="subtle" onClick={() => change(NONE)}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}
