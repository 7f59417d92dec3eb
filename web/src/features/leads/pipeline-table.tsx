import { Anchor, Group, Stack, Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { Money } from '../../components/money';
import { MorePages } from '../../components/more';
import { ErrorState, LoadingRows } from '../../components/states';
import { When } from '../../components/when';
import { api, take } from '../../lib/api';
import { formatDay, formatHa } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useStageName, type Stage } from '../../lib/pipelines';
import { StillCard } from './board-card';
import { MoveMenu } from './board-move-menu';
import { toQuery, type PipelineAddress } from './pipeline-filters';
import { LeadMarks } from './pipeline-marks';
import { usePendingMoves, type LeadRow } from './stage-move';

interface TableProps {
  address: PipelineAddress;
  stages: readonly Stage[];
  move: (lead: LeadRow, to: string | null) => void;
}

interface HeadProps {
  name: string;
  sort?: string;
  address: PipelineAddress;
  visibleFrom?: string;
}

/** A heading that sorts: up, then down; says which it is. */
function Head({ name, sort, address, visibleFrom }: HeadProps) {
  const up = address.sort === sort;
  const down = address.sort === `-${sort}`;
  const Sign = up ? IconArrowUp : down ? IconArrowDown : IconArrowsSort;
  const aria = up ? 'ascending' : down ? 'descending' : 'none';
  return (
    <Table.Th aria-sort={sort ? aria : undefined} visibleFrom={visibleFrom}>
      {sort ? (
        <UnstyledButton onClick={() => address.set({ sort: up ? `-${sort}` : sort })}>
          <Group gap={4} wrap="nowrap">
            <Text size="sm" fw={600} component="span">
              {name}
            </Text>
            <Sign size={14} aria-hidden style={{ flexShrink: 0 }} />
          </Group>
        </UnstyledButton>
      ) : (
        name
      )}
    </Table.Th>
  );
}

function NextAction({ lead }: { lead: LeadRow }) {
  const { t } = useTranslation('pipeline');
  if (!lead.nextAction && !lead.nextActionAt)
    return (
      <Text size="sm" c="dimmed">
        {t('noNextAction')}
      </Text>
    );
  return (
    <>
      <Text size="sm" lineClamp={1}>
        {lead.nextAction}
      </Text>
      {lead.nextActionAt && (
        <Text size="xs" c="dimmed">
          {formatDay(lead.nextActionAt)}
        </Text>
      )}
    </>
  );
}

function Amounts({ lead }: { lead: LeadRow }) {
  const { t } = useTranslation('pipeline');
  return (
    <>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        {lead.areaHa === null ? (
          <Text size="sm" c="dimmed">
            {t('unknown', { ns: 'common' })}
          </Text>
        ) : (
          formatHa(lead.areaHa)
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Text size="sm" component="div">
          <Money value={lead.capital.committed} />
        </Text>
      </Table.Td>
    </>
  );
}

function Row({ lead, stages, move }: { lead: LeadRow } & Omit<TableProps, 'address'>) {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  return (
    <Table.Tr>
      <Table.Td miw={180}>
        <Anchor component={Link} to={`/leads/${lead.id}`} data-row size="sm" fw={600} lineClamp={2}>
          {lead.firm.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {lead.reference}
        </Text>
      </Table.Td>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <Text size="sm">{nameOf(lead.kind, lead.stage)}</Text>
          <LeadMarks lead={lead} stages={stages} nextActionShown />
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Text size="sm" lineClamp={2} c={lead.clusters.length > 0 ? undefined : 'dimmed'}>
          {lead.clusters.map(({ name }) => name).join(' · ') || t('noCluster')}
        </Text>
      </Table.Td>
      <Amounts lead={lead} />
      <Table.Td miw={112}>
        <Text size="sm" c={lead.owner ? undefined : 'dimmed'}>
          {lead.owner?.name ?? t('noOwner')}
        </Text>
      </Table.Td>
      <Table.Td miw={130}>
        <NextAction lead={lead} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <When at={lead.stageSince} size="sm" />
      </Table.Td>
      <Table.Td visibleFrom="xl" style={{ whiteSpace: 'nowrap' }}>
        <When at={lead.lastActivityAt} size="sm" />
      </Table.Td>
      <Table.Td>
        <MoveMenu lead={lead} stages={stages} move={move} />
      </Table.Td>
    </Table.Tr>
  );
}

function useRows({ kind, filters, sort }: PipelineAddress) {
  const pages = usePages(['lead', 'table', kind, filters, sort], (cursor, signal) =>
    take(
      api.GET('/api/v1/leads', {
        signal,
        params: { query: { ...toQuery(filters), kind, sort, limit: 50, cursor } },
      }),
    ),
  );
  const going = new Map(usePendingMoves().map(({ lead, body }) => [lead.id, body.to]));
  const rows = pages.items?.map((lead) => ({ ...lead, stage: going.get(lead.id) ?? lead.stage }));
  return { ...pages, rows };
}

function Heads({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  return (
    <Table.Tr>
      <Head name={t('firm')} sort="name" address={address} />
      <Head name={t('stage')} address={address} />
      <Head name={t('clusters')} address={address} visibleFrom="lg" />
      <Table.Th ta="right">{t('area')}</Table.Th>
      <Table.Th ta="right">{t('capital')}</Table.Th>
      <Head name={t('owner')} address={address} />
      <Head name={t('nextAction')} sort="nextActionAt" address={address} />
      <Head name={t('stageSince')} sort="stageSince" address={address} />
      <Head name={t('lastActivity')} sort="lastActivityAt" address={address} visibleFrom="xl" />
      <Table.Th>
        <VisuallyHidden>{t('actions')}</VisuallyHidden>
      </Table.Th>
    </Table.Tr>
  );
}

/** The same leads as rows, sorted by what is asked; cards on a narrow screen. */
export function PipelineTable({ address, stages, move }: TableProps) {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const { query, rows, total, isEstimate } = useRows(address);
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!rows) return <LoadingRows rows={10} />;
  return (
    <>
      <Table.ScrollContainer minWidth={720} visibleFrom="sm">
        <Table highlightOnHover verticalSpacing="xs" aria-label={t('views.table')}>
          <Table.Thead>
            <Heads address={address} />
          </Table.Thead>
          <Table.Tbody>
            {rows.map((lead) => (
              <Row key={lead.id} lead={lead} stages={stages} move={move} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Stack gap="xs" hiddenFrom="sm">
        {rows.map((lead) => (
          <StillCard
            key={lead.id}
            lead={lead}
            stages={stages}
            move={move}
            top={
              <Text size="xs" fw={600}>
                {nameOf(lead.kind, lead.stage)}
              </Text>
            }
          />
        ))}
      </Stack>
      <MorePages shown={rows.length} total={total} isEstimate={isEstimate} query={query} />
    </>
  );
}
