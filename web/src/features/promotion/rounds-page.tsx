import { Anchor, Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { Page } from '../../components/page';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatNumber } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useAskedNew } from '../../lib/asked-new';
import { useMay } from '../../lib/session';
import { NewRoundDialog } from './new-round-dialog';
import { ROUND_KINDS, type Round } from './round-queries';
import { RoundsFilters, useRoundFilters } from './rounds-filters';
import { daysOf, RoundStatus } from './round-status';

function Name({ round }: { round: Round }) {
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={`/rounds/${round.id}`} fw={600} c="inherit">
        {round.name}
      </Anchor>
      <Text size="sm" c="dimmed">
        {round.code}
      </Text>
    </Stack>
  );
}

function useClusterWords() {
  const { t } = useTranslation('rounds');
  return ({ clusters }: Round) =>
    clusters.length === 0
      ? '–'
      : clusters.length <= 2
        ? clusters.map(({ name }) => name).join(', ')
        : t('clustersAndMore', { first: clusters[0]!.name, count: clusters.length - 1 });
}

function RoundsTable({ rounds }: { rounds: Round[] }) {
  const { t } = useTranslation('rounds');
  const clusterWords = useClusterWords();
  const counts = ['participations', 'attended', 'leads'] as const;
  return (
    <Table visibleFrom="sm" highlightOnHover verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('round')}</Table.Th>
          <Table.Th>{t('status')}</Table.Th>
          <Table.Th>{t('days')}</Table.Th>
          <Table.Th visibleFrom="md">{t('clusters')}</Table.Th>
          {counts.map((count) => (
            <Table.Th key={count} ta="right">
              {t(`count.${count}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rounds.map((round) => (
          <Table.Tr key={round.id}>
            <Table.Td>
              <Name round={round} />
            </Table.Td>
            <Table.Td>
              <RoundStatus status={round.status} />
            </Table.Td>
            <Table.Td>{daysOf(round)}</Table.Td>
            <Table.Td visibleFrom="md">{clusterWords(round)}</Table.Td>
            {counts.map((count) => (
              <Table.Td key={count} ta="right">
                {formatNumber(round.counts[count])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RoundCards({ rounds }: { rounds: Round[] }) {
  const { t } = useTranslation('rounds');
  const clusterWords = useClusterWords();
  return (
    <Stack hiddenFrom="sm" gap="sm">
      {rounds.map((round) => (
        <Card key={round.id} withBorder p="sm">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Name round={round} />
            <RoundStatus status={round.status} />
          </Group>
          <Text size="sm">{daysOf(round)}</Text>
          <Text size="sm" c="dimmed">
            {clusterWords(round)}
          </Text>
          <Text size="sm">{t('countsLine', { ...round.counts })}</Text>
        </Card>
      ))}
    </Stack>
  );
}

const kindOf = (kind: string | undefined) => ROUND_KINDS.find((one) => one === kind);

/** The rounds that the address asks for, page by page. */
function useRounds({ q, status, kind, clusterId, ownerId }: ReturnType<typeof useRoundFilters>['search']) {
  return usePages(['round', 'list', q, status, kind, clusterId, ownerId], (cursor, signal) =>
    take(
      api.GET('/api/v1/rounds', {
        signal,
        params: {
          query: {
            limit: 50,
            cursor,
            q,
            status: status ? [status] : undefined,
            kind: kindOf(kind),
            clusterId,
            ownerId,
          },
        },
      }),
    ),
  );
}

function Rounds({ create }: { create: () => void }) {
  const { t } = useTranslation('rounds');
  const mayWrite = useMay('round.write');
  const filters = useRoundFilters();
  const { query, items, total, isEstimate } = useRounds(filters.search);
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={create}>
      {t('create')}
    </Button>
  );
  return (
    <Stack>
      <RoundsFilters filters={filters} />
      {!items && query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!items && !query.error && <LoadingRows height={56} />}
      {items?.length === 0 &&
        (filters.isFiltered ? (
          <EmptyState title={t('nothing.filtered')} text={t('nothing.filteredText')} />
        ) : (
          <EmptyState
            icon={IconSpeakerphone}
            title={t('nothing.title')}
            text={t('nothing.text')}
            action={add}
          />
        ))}
      {items && items.length > 0 && (
        <>
          <RoundsTable rounds={items} />
          <RoundCards rounds={items} />
          <MorePages shown={items.length} total={total} isEstimate={isEstimate} query={query} />
        </>
      )}
    </Stack>
  );
}

/** Which rounds are planned, run and closed, and how many firms each brought. */
export function RoundsPage() {
  const { t } = useTranslation('rounds');
  const mayWrite = useMay('round.write');
  const [opened, { open, close }] = useDisclosure();
  useHotkeys(mayWrite ? [['n', open]] : []);
  useAskedNew(open);
  return (
    <Page
      title={t('nav.rounds', { ns: 'common' })}
      lead={t('lead')}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
            {t('create')}
          </Button>
        )
      }
    >
      <Rounds create={open} />
      <NewRoundDialog opened={opened} onClose={close} />
    </Page>
  );
}
