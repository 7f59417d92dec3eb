import { Alert, Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadKind } from '../../lib/pipelines';
import { eventsQuery, PARTICIPATION_STATUSES, type ParticipationStatus, type Round } from './round-queries';

interface Values {
  eventId: string | null;
  status: ParticipationStatus;
  leadKind: LeadKind;
}

/** What is the same for everyone who is added at once. */
export function useAddOptions() {
  const [values, setValues] = useState<Values>({ eventId: null, status: 'invited', leadKind: 'secondary' });
  return { values, set: (change: Partial<Values>) => setValues((before) => ({ ...before, ...change })) };
}

interface OptionsProps {
  round: Round;
  options: ReturnType<typeof useAddOptions>;
}

export function AddOptions({ round, options: { values, set } }: OptionsProps) {
  const { t } = useTranslation('rounds');
  const events = useQuery(eventsQuery(round.id)).data?.items ?? [];
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <Select
          label={t('people.event')}
          placeholder={t('people.whole')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={events.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.eventId}
          onChange={(eventId) => set({ eventId })}
        />
        <Select
          label={t('add.status')}
          allowDeselect={false}
          data={PARTICIPATION_STATUSES.map((value) => ({ value, label: t(`people.statuses.${value}`) }))}
          value={values.status}
          onChange={(status) => status && set({ status: status as ParticipationStatus })}
        />
        <Select
          label={t('add.leadKind')}
          allowDeselect={false}
          data={(['secondary', 'infrastructure'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`, { ns: 'common' }),
          }))}
          value={values.leadKind}
          onChange={(leadKind) => leadKind && set({ leadKind: leadKind as LeadKind })}
        />
      </SimpleGrid>
      {round.status === 'closed' && (
        <Alert variant="light" role="note">
          {t('late.text')}
        </Alert>
      )}
    </>
  );
}
