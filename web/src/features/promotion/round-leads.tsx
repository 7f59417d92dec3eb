import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { More } from '../../components/more';
import { ErrorState, LoadingRows } from '../../components/states';
import { When } from '../../components/when';
import { api, take } from '../../lib/api';
import { usePages } from '../../lib/pages';
import { useStageName } from '../../lib/pipelines';
import type { components } from '../../api/schema';
import type { Round } from './round-queries';

type Lead = components['schemas']['LeadRowAnswer'];

function LeadRow({ lead }: { lead: Lead }) {
  const { t } = useTranslation('rounds');
  const nameOf = useStageName();
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/leads/${lead.id}`}>
          {lead.firm.name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {lead.reference}
          <Text span inherit hiddenFrom="sm">
            {` · ${lead.lastAnswer ? t(`answer.${lead.lastAnswer}`, { ns: 'common' }) : t('progress.noAnswer')}`}
          </Text>
        </Text>
      </Table.Td>
      <Table.Td>{nameOf(lead.kind, lead.stage)}</Table.Td>
      <Table.Td visibleFrom="sm">
        {lead.lastAnswer ? t(`answer.${lead.lastAnswer}`, { ns: 'common' }) : t('progress.noAnswer')}
      </Table.Td>
      <Table.Td visibleFrom="md">{lead.owner?.name ?? t('unknown', { ns: 'common' })}</Table.Td>
      <Table.Td visibleFrom="md">
        {lead.nextActionAt ? (
          <>
            {lead.nextAction} <When at={lead.nextActionAt} c="dimmed" />
          </>
        ) : (
          <Text c="dimmed">{lead.nextAction ?? t('progress.noNext')}</Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** How each lead of the round stands now. */
export function RoundLeads({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const { query, items, total, isEstimate } = usePages<Lead>(
    ['lead', 'of-round', round.id],
    (cursor, signal) =>
      take(api.GET('/api/v1/leads', { signal, params: { query: { roundId: round.id, limit: 50, cursor } } })),
  );
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('progress.leads')}
      </Title>
      {!items && query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!items && !query.error && <LoadingRows />}
      {items?.length === 0 && <Text c="dimmed">{t('progress.noLeads')}</Text>}
      {items && items.length > 0 && (
        <>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('progress.firm')}</Table.Th>
                <Table.Th>{t('progress.stage')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('progress.lastAnswer')}</Table.Th>
                <Table.Th visibleFrom="md">{t('owner')}</Table.Th>
                <Table.Th visibleFrom="md">{t('progress.nextAction')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((lead) => (
                <LeadRow key={lead.id} lead={lead} />
              ))}
            </Table.Tbody>
          </Table>
          <More
            shown={items.length}
            total={total}
            isEstimate={isEstimate}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            load={() => void query.fetchNextPage()}
          />
        </>
      )}
    </Stack>
  );
}
