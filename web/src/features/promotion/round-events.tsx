import { ActionIcon, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCalendarEvent, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { formatHour, formatDay, formatTime } from '../../lib/format';
import { useMay } from '../../lib/session';
import { EventDialog } from './event-dialog';
import { eventsQuery, type Round, type RoundEvent } from './round-queries';

const timesOf = ({ startsAt, endsAt }: RoundEvent): string =>
  formatDay(startsAt) === formatDay(endsAt)
    ? `${formatTime(startsAt)} – ${formatHour(endsAt)}`
    : `${formatTime(startsAt)} – ${formatTime(endsAt)}`;

/** An event that nobody took part in goes at once, and can be had back. */
function useRemove(round: Round) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const path = { id: round.id };
  const refresh = () => client.invalidateQueries({ queryKey: ['round'] });
  const restore = ({ kind, name, startsAt, endsAt, place }: RoundEvent) =>
    take(
      api.POST('/api/v1/rounds/{id}/events', {
        params: { path },
        body: { kind, name, startsAt, endsAt, place },
      }),
    ).then(() => {
      tellDone(t('events.restored'));
      return refresh();
    }, tellFailure);
  return useMutation({
    mutationFn: (event: RoundEvent) =>
      take(
        api.DELETE('/api/v1/rounds/{id}/events/{eventId}', {
          params: { path: { ...path, eventId: event.id } },
          headers: ifMatch(event.version),
        }),
      ),
    onSuccess: (_, event) => {
      tellDone(t('events.removed', { name: event.name }), () => void restore(event));
      return refresh();
    },
    onError: tellFailure,
  });
}

interface EventCardProps {
  event: RoundEvent;
  edit: (() => void) | undefined;
  remove: () => void;
}

function EventCard({ event, edit, remove }: EventCardProps) {
  const { t } = useTranslation('rounds');
  return (
    <Card withBorder p="md" component="li">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" c="dimmed">
            {t(`events.kinds.${event.kind}`)}
          </Text>
          <Title order={3} size="h5">
            {event.name}
          </Title>
          <Text size="sm">{[timesOf(event), event.place].filter(Boolean).join(' · ')}</Text>
          <Text size="sm" c="dimmed">
            {t('events.attendance', { attended: event.attended, participations: event.participations })}
          </Text>
        </div>
        {edit && (
          <Group gap="xs" wrap="nowrap">
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={t('events.editOne', { name: event.name })}
              onClick={edit}
            >
              <IconPencil size={18} aria-hidden />
            </ActionIcon>
            {event.participations === 0 && (
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={t('events.remove', { name: event.name })}
                onClick={remove}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        )}
      </Group>
    </Card>
  );
}

/** The occasions of a round, in the order of their times. */
export function RoundEvents({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const mayWrite = useMay('round.write');
  const events = useQuery(eventsQuery(round.id));
  const remove = useRemove(round);
  const [asked, setAsked] = useState<RoundEvent | 'new' | null>(null);
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsked('new')}>
      {t('events.add')}
    </Button>
  );
  return (
    <QueryState query={events}>
      {({ items }) => (
        <Stack>
          <Group justify="space-between">
            <Title order={2} size="h4">
              {t('tab.events')}
            </Title>
            {items.length > 0 && add}
          </Group>
          {items.length === 0 && (
            <EmptyState
              icon={IconCalendarEvent}
              title={t('events.empty')}
              text={t('events.emptyText')}
              action={add}
            />
          )}
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((event) => (
              <EventCard
                key={event.id}
                event={event}
                edit={mayWrite ? () => setAsked(event) : undefined}
                remove={() => remove.mutate(event)}
              />
            ))}
          </Stack>
          <EventDialog round={round} asked={asked} onClose={() => setAsked(null)} />
        </Stack>
      )}
    </QueryState>
  );
}
