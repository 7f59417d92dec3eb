import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { MomentField, type Moment } from '../../components/moment-field';
import { tellDone } from '../../components/tell';
import { api, ifMatch, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { instantOf, local } from '../../lib/format';
import { EVENT_KINDS, type Round, type RoundEvent } from './round-queries';

interface EventValues extends Record<string, unknown> {
  kind: RoundEvent['kind'];
  name: string;
  startsAt: Moment;
  endsAt: Moment;
  place: string;
}

interface EventDialogProps {
  round: Round;
  /** The event to change, a new one, or nothing. */
  asked: RoundEvent | 'new' | null;
  onClose: () => void;
}

export function EventDialog({ round, asked, onClose }: EventDialogProps) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={asked !== null}
      onClose={onClose}
      title={t(asked === 'new' ? 'events.add' : 'events.edit')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      {asked && <EventBody round={round} event={asked === 'new' ? null : asked} onClose={onClose} />}
    </Modal>
  );
}

const momentOf = (instant: string): Moment => ({
  day: local(instant).format('YYYY-MM-DD'),
  time: local(instant).format('HH:mm'),
});

function initialOf(round: Round, event: RoundEvent | null): EventValues {
  return {
    kind: event?.kind ?? 'conference',
    name: event?.name ?? '',
    startsAt: event ? momentOf(event.startsAt) : { day: round.startsOn, time: '08:00' },
    endsAt: event ? momentOf(event.endsAt) : { day: round.startsOn, time: '11:30' },
    place: event?.place ?? '',
  };
}

const isWhole = ({ day, time }: Moment) => Boolean(day && time);
const asText = ({ day, time }: Moment) => `${day} ${time}`;

function toBody({ kind, name, startsAt, endsAt, place }: EventValues) {
  return {
    kind,
    name: name.trim(),
    startsAt: instantOf(startsAt.day ?? '', startsAt.time),
    endsAt: instantOf(endsAt.day ?? '', endsAt.time),
    place: place.trim() || null,
  };
}

function useSave(round: Round, event: RoundEvent | null) {
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: (values: EventValues) => {
      const body = toBody(values);
      const path = { id: round.id };
      return event
        ? take(
            api.PATCH('/api/v1/rounds/{id}/events/{eventId}', {
              params: { path: { ...path, eventId: event.id } },
              headers: ifMatch(event.version),
              body,
            }),
          )
        : take(api.POST('/api/v1/rounds/{id}/events', { params: { path }, body, headers: once(key) }));
    },
  });
}

function EventFields({ form }: { form: UseFormReturnType<EventValues> }) {
  const { t } = useTranslation('rounds');
  return (
    <>
      <TextInput
        label={t('events.name')}
        withAsterisk
        maxLength={300}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label={t('events.kind')}
        allowDeselect={false}
        data={EVENT_KINDS.map((value) => ({ value, label: t(`events.kinds.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <MomentField label={t('events.startsAt')} withAsterisk {...form.getInputProps('startsAt')} />
      <MomentField label={t('events.endsAt')} withAsterisk {...form.getInputProps('endsAt')} />
      <TextInput label={t('events.place')} maxLength={300} {...form.getInputProps('place')} />
    </>
  );
}

function EventBody({
  round,
  event,
  onClose,
}: {
  round: Round;
  event: RoundEvent | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const required = t('required', { ns: 'common' });
  const form = useForm<EventValues>({
    initialValues: initialOf(round, event),
    validate: {
      name: (value) => (value.trim() ? null : required),
      startsAt: (value) => (isWhole(value) ? null : required),
      endsAt: (value, { startsAt }) =>
        !isWhole(value) ? required : asText(value) < asText(startsAt) ? t('events.endsEarly') : null,
    },
  });
  const draft = useDraft(`round-event:${event?.id ?? round.id}`, form);
  const save = useSave(round, event);
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    save.mutate(values, {
      onSuccess: () => {
        draft.forget();
        onClose();
        tellDone(t(event ? 'events.saved' : 'events.added'));
        void client.invalidateQueries({ queryKey: ['round'] });
      },
      onError: (error) => setRefusal(showFaults(form, error)),
    });
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <DraftNote
          restored={draft.restored}
          discard={() => {
            form.reset();
            draft.forget();
          }}
        />
        <Refused reason={refusal} />
        <EventFields form={form} />
        <FormFoot onClose={onClose} saving={save.isPending} />
      </Stack>
    </form>
  );
}
