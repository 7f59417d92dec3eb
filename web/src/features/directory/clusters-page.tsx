import { Group, SegmentedControl, Text, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconMap2, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatHa, formatNumber } from '../../lib/format';
import { ClusterFilters } from './cluster-filters';
import { ClusterTable } from './cluster-table';
import { districtsQuery, type Cluster, type ClusterStatus } from './directory-queries';
import { DistrictMap } from './district-map';
import { useFilters } from './use-filters';

function useClusters() {
  const [{ q, status, district, sector, public: shown, sort }] = useFilters('/shell/clusters');
  const { data: districts } = useQuery(districtsQuery);
  const place = districts?.items.find(({ code }) => code === district);
  const query = {
    limit: 200,
    ...(q && { q }),
    ...(status && { status: status.split(',') as ClusterStatus[] }),
    ...(place && { planningDistrictId: [place.id] }),
    ...(sector && { sector }),
    ...(shown && { isPublic: shown === 'true' }),
    ...(sort && { sort }),
  };
  return useQuery({
    queryKey: ['cluster', 'list', query],
    queryFn: ({ signal }) => take(api.GET('/api/v1/clusters', { signal, params: { query } })),
    placeholderData: keepPreviousData,
    enabled: !district || Boolean(districts),
  });
}

/** How many, how large together, and of how many the area is not known. */
function Sum({ clusters }: { clusters: Cluster[] }) {
  const { t } = useTranslation('clusters');
  const known = clusters.filter(({ areaHa }) => areaHa !== null);
  const hectares = known.reduce((sum, { areaHa }) => sum + Math.round((areaHa ?? 0) * 100), 0) / 100;
  const unknown = clusters.length - known.length;
  return (
    <Text aria-live="polite">
      {t('sum', { count: clusters.length, area: formatHa(hectares) })}
      {unknown > 0 && ` ${t('sumUnknown', { count: unknown, n: formatNumber(unknown) })}`}
    </Text>
  );
}

function ViewSwitch() {
  const { t } = useTranslation('clusters');
  const [{ view }, change] = useFilters('/shell/clusters');
  const option = (value: string, Symbol: typeof IconMap2) => ({
    value,
    label: (
      <Group gap={6} wrap="nowrap">
        <Symbol size={16} aria-hidden />
        {t(`view.${value}`)}
      </Group>
    ),
  });
  return (
    <SegmentedControl
      aria-label={t('view.label')}
      value={view === 'map' ? 'map' : 'table'}
      data={[option('table', IconTable), option('map', IconMap2)]}
      onChange={(value) => change({ view: value === 'map' ? 'map' : undefined })}
    />
  );
}

export function ClustersPage() {
  const { t } = useTranslation('clusters');
  const [{ view }] = useFilters('/shell/clusters');
  const query = useClusters();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<ViewSwitch />}>
      <ClusterFilters />
      <QueryState query={query}>
        {({ items }) => (
          <div>
            <Group justify="space-between" mb="sm">
              <Sum clusters={items} />
            </Group>
            {items.length === 0 && view !== 'map' && (
              <EmptyState title={t('empty.title')} text={t('empty.text')} icon={IconMap2} />
            )}
            {view === 'map' && <DistrictMap clusters={items} />}
            {items.length > 0 && (
              <>
                {view === 'map' && (
                  <VisuallyHidden>
                    <h2>{t('view.table')}</h2>
                  </VisuallyHidden>
                )}
                <ClusterTable clusters={items} />
              </>
            )}
          </div>
        )}
      </QueryState>
    </Page>
  );
}
