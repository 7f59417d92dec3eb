import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconClipboardText, IconSearch, IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states';
import { api, take } from '../../lib/api';
import { usePages } from '../../lib/pages';
import { useMay } from '../../lib/session';
import { AddFirmsDialog } from './add-firms-dialog';
import { PasteDialog } from './paste-dialog';
import { ParticipantDialog } from './participant-dialog';
import { ParticipantRow } from './participant-row';
import { eventsQuery, PARTICIPATION_STATUSES, type Participation, type Round } from './round-queries';

interface Asked {
  q: string;
  eventId: string | null;
  status: string | null;
}

function useParticipants(roundId: string, { q: typed, eventId, status }: Asked) {
  const [q] = useDebouncedValue(typed.trim(), 200);
  return usePages<Participation>(['participation', roundId, q, eventId, status], (cursor, signal) =>
    take(
      api.GET('/api/v1/rounds/{id}/participations', {
        signal,
        params: {
          path: { id: roundId },
          query: {
            limit: 100,
            sort: 'name',
            cursor,
            ...(q && { q }),
            ...(eventId && { eventId }),
            ...(status && { status: [status] }),
          },
        },
      }),
    ),
  );
}

function Filters({ round, asked, set }: { round: Round; asked: Asked; set: (asked: Asked) => void }) {
  const { t } = useTranslation('rounds');
  const events = useQuery(eventsQuery(round.id)).data?.items ?? [];
  return (
    <Group gap="xs" role="search" grow preventGrowOverflow={false}>
      <TextInput
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        type="search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={asked.q}
        onChange={({ currentTarget }) => set({ ...asked, q: currentTarget.value })}
        miw={180}
      />
      {events.length > 0 && (
        <Select
          aria-label={t('people.event')}
          placeholder={t('people.event')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={events.map(({ id, name }) => ({ value: id, label: name }))}
          value={asked.eventId}
          onChange={(eventId) => set({ ...asked, eventId })}
          miw={140}
        />
      )}
      <Select
        aria-label={t('people.statusLabel')}
        placeholder={t('people.statusLabel')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        data={PARTICIPATION_STATUSES.map((value) => ({ value, label: t(`people.statuses.${value}`) }))}
        value={asked.status}
        onChange={(status) => set({ ...asked, status })}
        miw={140}
      />
    </Group>
  );
}

function Adding({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const [choosing, choose] = useDisclosure();
  const [pasting, paste] = useDisclosure();
  return (
    <>
      <Group gap="xs">
        <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={choose.open}>
          {t('people.fromFirms')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconClipboardText size={18} aria-hidden />}
          onClick={paste.open}
        >
          {t('people.paste')}
        </Button>
      </Group>
      <AddFirmsDialog round={round} opened={choosing} onClose={choose.close} />
      <PasteDialog round={round} opened={pasting} onClose={paste.close} />
    </>
  );
}

/** Who is invited and who came; one touch marks a person as come. */
export function Participants({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const mayWrite = useMay('round.write');
  const [asked, setAsked] = useState<Asked>({ q: '', eventId: null, status: null });
  const [opened, setOpened] = useState<Participation | null>(null);
  const { query, items, total, isEstimate } = useParticipants(round.id, asked);
  const isFiltered = Boolean(asked.q.trim() || asked.eventId || asked.status);
  return (
    <Stack>
      {mayWrite && <Adding round={round} />}
      <Filters round={round} asked={asked} set={setAsked} />
      {!items && query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!items && !query.error && <LoadingRows height={64} />}
      {items?.length === 0 && (
        <EmptyState
          icon={IconUsersGroup}
          title={t(isFiltered ? 'people.emptyFiltered' : 'people.empty')}
          text={isFiltered ? t('nothing.filteredText') : t('people.emptyText')}
        />
      )}
      {items && items.length > 0 && (
        <>
          {mayWrite && (
            <Text size="sm" c="dimmed">
              {t('people.hint')}
            </Text>
          )}
          <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((one) => (
              <ParticipantRow
                key={one.id}
                participation={one}
                mayWrite={mayWrite}
                open={() => setOpened(one)}
              />
            ))}
          </Stack>
          <MorePages shown={items.length} total={total} isEstimate={isEstimate} query={query} />
        </>
      )}
      <ParticipantDialog participation={opened} onClose={() => setOpened(null)} />
    </Stack>
  );
}
