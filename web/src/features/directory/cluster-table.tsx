import { Anchor, Progress, Skeleton, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatHa, formatNumber, formatShare } from '../../lib/format';
import { useRowKeys } from '../../lib/row-keys';
import { ClusterStatus } from './cluster-mark';
import { useDemand, type Demand } from './demand';
import type { Cluster } from './directory-queries';

/** What is on offer, and how many want it. */
export function ClusterTable({ clusters }: { clusters: Cluster[] }) {
  const { t } = useTranslation('clusters');
  const rows = useRowKeys<HTMLTableSectionElement>();
  const demandOf = useDemand();
  return (
    <Table highlightOnHover verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('cluster')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('status')}</Table.Th>
          <Table.Th visibleFrom="md">{t('district')}</Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            {t('area')}
          </Table.Th>
          <Table.Th visibleFrom="md">{t('occupancy')}</Table.Th>
          <Table.Th ta="right">{t('openLeads')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={rows}>
        {clusters.map((cluster) => (
          <Row key={cluster.id} cluster={cluster} demand={demandOf?.(cluster.id)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Occupancy({ rate }: { rate: number | null }) {
  const { t } = useTranslation();
  if (rate === null)
    return (
      <Text size="sm" c="dimmed">
        {t('unknown')}
      </Text>
    );
  return (
    <Stack gap={2} maw={140}>
      <Text size="sm">{formatShare(rate)}</Text>
      <Progress value={rate * 100} size="sm" aria-hidden />
    </Stack>
  );
}

function Row({ cluster, demand }: { cluster: Cluster; demand: Demand | undefined }) {
  const { t } = useTranslation('clusters');
  const area = cluster.areaHa === null ? t('unknown', { ns: 'common' }) : formatHa(cluster.areaHa);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          fw={600}
          data-row
          renderRoot={(props) => (
            <Link {...props} to="/clusters/$clusterId" params={{ clusterId: cluster.code }} />
          )}
        >
          {cluster.name}
        </Anchor>
        {cluster.sectors.length > 0 && (
          <Text size="sm" c="dimmed">
            {cluster.sectors.join(' · ')}
          </Text>
        )}
        {!cluster.isPublic && (
          <Text size="sm" c="dimmed">
            {t('filter.notPublic')}
          </Text>
        )}
        <Stack gap={2} hiddenFrom="sm">
          <ClusterStatus status={cluster.status} />
          <Text size="sm" c="dimmed">
            {cluster.planningDistrict.name} · {area}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <ClusterStatus status={cluster.status} />
      </Table.Td>
      <Table.Td visibleFrom="md">{cluster.planningDistrict.name}</Table.Td>
      <Table.Td visibleFrom="sm" ta="right" c={cluster.areaHa === null ? 'dimmed' : undefined}>
        {area}
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Occupancy rate={cluster.occupancy.rate} />
      </Table.Td>
      <Table.Td ta="right" fw={demand?.openLeads ? 600 : undefined}>
        {demand ? formatNumber(demand.openLeads) : <Skeleton height={16} width={24} ml="auto" />}
      </Table.Td>
    </Table.Tr>
  );
}
