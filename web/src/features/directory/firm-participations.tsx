import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { More } from '../../components/more';
import { ErrorState, LoadingRows } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatDay } from '../../lib/format';
import { usePages } from '../../lib/pages';

type Participation = components['schemas']['FirmParticipationAnswer'];

/** The promotion rounds and events in which a firm took part. */
export function FirmParticipations({ firmId }: { firmId: string }) {
  const { t } = useTranslation('firms');
  const { query, items, total } = usePages(['participation', 'of-firm', firmId], (cursor, signal) =>
    take(
      api.GET('/api/v1/firms/{id}/participations', {
        signal,
        params: { path: { id: firmId }, query: { limit: 20, ...(cursor && { cursor }) } },
      }),
    ),
  );
  return (
    <Card withBorder p="lg">
      <Stack>
        <Title order={2} size="h4">
          {t('participations')}
        </Title>
        {query.error && !items && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {!items && !query.error && <LoadingRows rows={2} />}
        {items?.length === 0 && <Text c="dimmed">{t('noParticipations')}</Text>}
        {items?.map((one) => (
          <Line key={one.id} participation={one} />
        ))}
        {query.hasNextPage && (
          <More
            shown={items?.length ?? 0}
            total={total}
            hasMore
            loading={query.isFetchingNextPage}
            load={() => void query.fetchNextPage()}
          />
        )}
      </Stack>
    </Card>
  );
}

function Line({ participation }: { participation: Participation }) {
  const { t } = useTranslation('firms');
  const { round, eventDetails: event, contact, status, clusters } = participation;
  const day = event ? formatDay(event.startsAt) : `${formatDay(round.startsOn)} – ${formatDay(round.endsOn)}`;
  const about = clusters.map(({ name }) => name).join(', ');
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <div style={{ minWidth: 0, flex: '1 1 240px' }}>
        <Anchor
          fw={600}
          renderRoot={(props) => <Link {...props} to="/rounds/$roundId" params={{ roundId: round.id }} />}
        >
          {round.name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {[event?.name, day, contact?.name].filter(Boolean).join(' · ')}
        </Text>
        {about && <Text size="sm">{t('askedAbout', { clusters: about })}</Text>}
      </div>
      <Text size="sm">{t(`participation.${status}`)}</Text>
    </Group>
  );
}
