import { Anchor, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { When } from '../../components/when';
import { api, take } from '../../lib/api';
import { useStageName } from '../../lib/pipelines';
import type { LeadRow } from './directory-queries';

/** What a firm is interested in, how far each has come, and who looks after it. */
export function FirmLeads({ firmId }: { firmId: string }) {
  const { t } = useTranslation('firms');
  const query = useQuery({
    queryKey: ['lead', 'of-firm', firmId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads', { signal, params: { query: { firmId, limit: 200 } } })),
  });
  return (
    <Card withBorder p="lg">
      <Stack>
        <Title order={2} size="h4">
          {t('leads')}
        </Title>
        <QueryState query={query}>
          {({ items }) =>
            items.length === 0 ? <Text c="dimmed">{t('noLeads')}</Text> : <LeadTable leads={items} />
          }
        </QueryState>
      </Stack>
    </Card>
  );
}

function LeadTable({ leads }: { leads: LeadRow[] }) {
  const { t } = useTranslation('firms');
  const nameOf = useStageName();
  const owner = (lead: LeadRow) => lead.owner?.name ?? t('noOwner');
  return (
    <Table verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('lead')}</Table.Th>
          <Table.Th>{t('stage')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('owner')}</Table.Th>
          <Table.Th visibleFrom="md">{t('lastActivity')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {leads.map((lead) => (
          <Table.Tr key={lead.id}>
            <Table.Td>
              <Group gap="xs">
                <Anchor
                  fw={600}
                  renderRoot={(props) => <Link {...props} to="/leads/$leadId" params={{ leadId: lead.id }} />}
                >
                  {lead.reference}
                </Anchor>
                <Text size="sm">{t(`kind.${lead.kind}`, { ns: 'common' })}</Text>
              </Group>
              <Text size="sm" c="dimmed">
                {lead.clusters.map(({ name }) => name).join(' · ') || t('noCluster')}
              </Text>
              <Text size="sm" c="dimmed" hiddenFrom="sm">
                {owner(lead)}
              </Text>
            </Table.Td>
            <Table.Td>{nameOf(lead.kind, lead.stage)}</Table.Td>
            <Table.Td visibleFrom="sm">{owner(lead)}</Table.Td>
            <Table.Td visibleFrom="md">
              <When at={lead.lastActivityAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
