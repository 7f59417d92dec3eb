import { ActionIcon, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { DayField } from '../../components/day-field';
import { Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { formatDay, today } from '../../lib/format';

type Absence = components['schemas']['AbsenceAnswer'];

const myAbsencesQuery = queryOptions({
  queryKey: ['meeting', 'my-absences'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/me/absences', { signal })),
});

/** Days on which one receives nobody. */
export function Absences() {
  const { t } = useTranslation('visiting');
  const query = useQuery(myAbsencesQuery);
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {t('absences.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('absences.text')}
        </Text>
      </div>
      <QueryState query={query}>{({ items }) => <List items={items} />}</QueryState>
      <NewAbsence />
    </Stack>
  );
}

const useReadAgain = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['meeting'] });
};

function List({ items }: { items: Absence[] }) {
  const { t } = useTranslation('visiting');
  const onSettled = useReadAgain();
  const add = useMutation({
    mutationFn: ({ id: _id, ...body }: Absence) => take(api.POST('/api/v1/me/absences', { body })),
    onError: tellFailure,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Absence) =>
      take(api.DELETE('/api/v1/me/absences/{id}', { params: { path: { id } } })),
    onSuccess: (_done, absence) => tellDone(t('absences.removed'), () => add.mutate(absence)),
    onError: tellFailure,
    onSettled,
  });
  if (items.length === 0) return <Text c="dimmed">{t('absences.none')}</Text>;
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {items.map((absence) => (
        <Group component="li" key={absence.id} justify="space-between" wrap="nowrap">
          <Text style={{ overflowWrap: 'anywhere' }}>
            {daysOf(absence)}
            {absence.reason && ` · ${absence.reason}`}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('absences.remove', { days: daysOf(absence) })}
            loading={remove.isPending && remove.variables?.id === absence.id}
            onClick={() => remove.mutate(absence)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}

const daysOf = ({ fromDay, toDay }: Absence): string =>
  fromDay === toDay ? formatDay(fromDay) : `${formatDay(fromDay)} – ${formatDay(toDay)}`;

interface AbsenceForm extends Record<string, unknown> {
  fromDay: string | null;
  toDay: string | null;
  reason: string;
}

function NewAbsence() {
  const { t } = useTranslation('visiting');
  const onSettled = useReadAgain();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm<AbsenceForm>({
    initialValues: { fromDay: null, toDay: null, reason: '' },
    validate: { fromDay: (day) => (day ? null : t('required', { ns: 'common' })) },
  });
  const add = useMutation({
    mutationFn: ({ fromDay, toDay, reason }: AbsenceForm) =>
      take(
        api.POST('/api/v1/me/absences', {
          body: { fromDay: fromDay!, toDay: toDay ?? fromDay!, reason: reason.trim() || null },
        }),
      ),
    onSuccess: () => {
      form.reset();
      tellDone(t('absences.added'));
    },
    onError: (error) => setFault(showFaults(form, error)),
    onSettled,
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setFault(null);
        add.mutate(values);
      })}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <DayField
            label={t('absences.from')}
            minDate={today()}
            withAsterisk
            {...form.getInputProps('fromDay')}
          />
          <DayField
            label={t('absences.to')}
            minDate={form.values.fromDay ?? today()}
            clearable
            {...form.getInputProps('toDay')}
          />
        </SimpleGrid>
        <TextInput label={t('absences.reason')} maxLength={200} {...form.getInputProps('reason')} />
        <Refused reason={fault} />
        <Button type="submit" variant="light" loading={add.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('absences.add')}
        </Button>
      </Stack>
    </form>
  );
}
