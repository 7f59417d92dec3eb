import { Anchor, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconBuildingFactory2 } from '@tabler/icons-react';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states';
import { api, take } from '../../lib/api';
import { countryName } from '../../lib/countries';
import { formatDay, formatNumber } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { formatPhone } from '../../lib/phones';
import { useRowKeys } from '../../lib/row-keys';
import type { FirmRow } from './directory-queries';
import { useFilters } from './use-filters';

function useFirms() {
  const [{ q, country, sector, sample, sort }] = useFilters('/shell/firms');
  const query = {
    limit: 50,
    ...(q && { q }),
    ...(country && { country }),
    ...(sector && { sector: [sector] }),
    ...(sample && { sample: sample === 'true' }),
    ...(sort && { sort }),
  };
  const pages = usePages(['firm', 'list', query], (cursor, signal) =>
    take(api.GET('/api/v1/firms', { signal, params: { query: { ...query, ...(cursor && { cursor }) } } })),
  );
  return { pages, filtered: Boolean(q || country || sector || sample) };
}

export function FirmList({ create, mayCreate }: { create: () => void; mayCreate: boolean }) {
  const { t } = useTranslation('firms');
  const { pages, filtered } = useFirms();
  const { query, items, total, isEstimate } = pages;
  if (query.error && !items) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!items) return <LoadingRows rows={8} />;
  if (items.length === 0)
    return (
      <EmptyState
        icon={IconBuildingFactory2}
        title={t(filtered ? 'empty.filtered' : 'empty.title')}
        text={t(filtered ? 'empty.filteredText' : 'empty.text')}
        action={mayCreate && <Button onClick={create}>{t('new')}</Button>}
      />
    );
  return (
    <div>
      <FirmTable firms={items} />
      <MorePages shown={items.length} total={total} isEstimate={isEstimate} query={query} />
    </div>
  );
}

function FirmTable({ firms }: { firms: FirmRow[] }) {
  const { t } = useTranslation('firms');
  const rows = useRowKeys<HTMLTableSectionElement>();
  return (
    <Table highlightOnHover verticalSpacing="sm" layout="auto">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('firm')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('taxCode')}</Table.Th>
          <Table.Th visibleFrom="md">{t('country')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('reach')}</Table.Th>
          <Table.Th visibleFrom="lg" ta="right">
            {t('people')}
          </Table.Th>
          <Table.Th visibleFrom="lg">{t('entered')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={rows}>
        {firms.map((firm) => (
          <FirmLine key={firm.id} firm={firm} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Reach({ firm }: { firm: FirmRow }) {
  return (
    <Stack gap={0} style={{ overflowWrap: 'anywhere' }}>
      {firm.phone && (
        <Anchor href={`tel:${firm.phone}`} size="sm" lh={1.75} underline="hover">
          {formatPhone(firm.phone)}
        </Anchor>
      )}
      {firm.email && (
        <Anchor href={`mailto:${firm.email}`} size="sm" lh={1.75} underline="hover">
          {firm.email}
        </Anchor>
      )}
      {!firm.phone && !firm.email && (
        <Text size="sm" c="dimmed">
          {i18n.t('unknown')}
        </Text>
      )}
    </Stack>
  );
}

function FirmLine({ firm }: { firm: FirmRow }) {
  const { t } = useTranslation('firms');
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Anchor
            fw={600}
            data-row
            renderRoot={(props) => <Link {...props} to="/firms/$firmId" params={{ firmId: firm.id }} />}
          >
            {firm.name}
          </Anchor>
          {firm.sample && (
            <Badge variant="outline" color="gray" size="sm" c="dimmed">
              {t('sample', { ns: 'common' })}
            </Badge>
          )}
        </Group>
        {firm.sectors.length > 0 && (
          <Text size="sm" c="dimmed">
            {firm.sectors.join(' · ')}
          </Text>
        )}
        <Stack gap={0} hiddenFrom="sm">
          {firm.taxCode && (
            <Text size="sm" c="dimmed">
              {t('taxCode')}: {firm.taxCode}
            </Text>
          )}
          {(firm.phone || firm.email) && <Reach firm={firm} />}
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ whiteSpace: 'nowrap' }} c={firm.taxCode ? undefined : 'dimmed'}>
        {firm.taxCode ?? t('unknown', { ns: 'common' })}
      </Table.Td>
      <Table.Td visibleFrom="md">{countryName(firm.country)}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Reach firm={firm} />
      </Table.Td>
      <Table.Td visibleFrom="lg" ta="right">
        {formatNumber(firm.contactCount)}
      </Table.Td>
      <Table.Td visibleFrom="lg">{formatDay(firm.createdAt)}</Table.Td>
    </Table.Tr>
  );
}
