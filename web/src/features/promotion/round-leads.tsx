import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { ErrorState, LoadingRows } from '../../components/states';
import { When } from '../../components/when';
import { api, take } from '../../lib/api';
import { usePages } from '../../lib/pages';
import { useStageName } from '../../lib/pipelines';
import type { components } from '../../api/schema';
import type { Participation, Round } from './round-queries';

type Answer = NonNullable<components['schemas']['MessageListItem']['answer']>;

/** The latest answer to the round's mails, by lead. */
function useAnswers(roundId: string): ReadonlyMap<string, Answer> {
  const { data } = useQuery({
    queryKey: ['message', 'answered', roundId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/messages', {
          signal,
          params: { query: { roundId: [roundId], audience: ['investor'], answered: true, limit: 200 } },
        }),
      ),
  });
  const answers = new Map<string, Answer>();
  for (const { lead, answer } of data?.items ?? []) {
    if (!lead || !answer) continue;
    const known = answers.get(lead.id);
    if (!known || known.at < answer.at) answers.set(lead.id, answer);
  }
  return answers;
}

/** Each lead once, however often its firm came; whoever came at all came. */
function onePerLead(participations: Participation[]): Participation[] {
  const leads = new Map<string, Participation>();
  for (const one of participations) {
    const key = one.leadId ?? one.id;
    if (!leads.has(key) || one.status === 'attended') leads.set(key, one);
  }
  return [...leads.values()];
}

function LeadRow({ participation, answer }: { participation: Participation; answer: Answer | undefined }) {
  const { t } = useTranslation('rounds');
  const nameOf = useStageName();
  const { firm, lead, leadKind, status } = participation;
  const said = answer ? t(`answer.${answer.answer}`, { ns: 'common' }) : t('progress.noAnswer');
  return (
    <Table.Tr>
      <Table.Td>
        {lead ? (
          <Anchor component={Link} to={`/leads/${lead.id}`}>
            {firm.name}
          </Anchor>
        ) : (
          firm.name
        )}
        <Text size="sm" c="dimmed">
          {lead?.reference}
          <Text span inherit hiddenFrom="sm">
            {` · ${said}`}
          </Text>
        </Text>
      </Table.Td>
      <Table.Td>{lead ? nameOf(leadKind, lead.stage) : t('unknown', { ns: 'common' })}</Table.Td>
      <Table.Td visibleFrom="sm">
        {said} {answer && <When at={answer.at} c="dimmed" size="sm" />}
      </Table.Td>
      <Table.Td visibleFrom="md">{t(`people.statuses.${status}`)}</Table.Td>
    </Table.Tr>
  );
}

function useParticipations(roundId: string) {
  return usePages<Participation>(['participation', roundId, 'leads'], (cursor, signal) =>
    take(
      api.GET('/api/v1/rounds/{id}/participations', {
        signal,
        params: { path: { id: roundId }, query: { limit: 200, sort: 'name', cursor } },
      }),
    ),
  );
}

/** How each lead that took part stands now, those that it joined included. */
export function RoundLeads({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const { query, items } = useParticipations(round.id);
  const answers = useAnswers(round.id);
  const leads = onePerLead(items ?? []);
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('progress.leads')}
      </Title>
      {!items && query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!items && !query.error && <LoadingRows />}
      {items?.length === 0 && <Text c="dimmed">{t('progress.noLeads')}</Text>}
      {leads.length > 0 && (
        <>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('progress.firm')}</Table.Th>
                <Table.Th>{t('progress.stage')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('progress.lastAnswer')}</Table.Th>
                <Table.Th visibleFrom="md">{t('people.statusLabel')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {leads.map((one) => (
                <LeadRow key={one.id} participation={one} answer={answers.get(one.leadId ?? '')} />
              ))}
            </Table.Tbody>
          </Table>
          <MorePages shown={leads.length} total={Math.max(round.counts.leads, leads.length)} query={query} />
        </>
      )}
    </Stack>
  );
}
