import { ActionIcon, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import { formatDay, today } from '../../lib/format';
import { absencesQuery, addAbsence, removeAbsence, type Absence, type Whose } from './visiting-calls';

/** Days on which one receives nobody. */
export function Absences({ whose }: { whose: Whose }) {
  const { t } = useTranslation('visiting');
  const query = useQuery(absencesQuery(whose));
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
      <QueryState query={query}>{({ items }) => <List items={items} whose={whose} />}</QueryState>
      <NewAbsence whose={whose} />
    </Stack>
  );
}

const useReadAgain = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['meeting'] });
};

function List({ items, whose }: { items: Absence[]; whose: Whose }) {
  const { t } = useTranslation('visiting');
  const onSettled = useReadAgain();
  const add = useMutation({
    mutationFn: ({ id: _id, ...body }: Absence) => addAbsence(whose, body),
    onError: tellFailure,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Absence) => removeAbsence(whose, id),
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

function NewAbsence({ whose }: { whose: Whose }) {
  const { t } = useTranslation('visiting');
  const onSettled = useReadAgain();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm<AbsenceForm>({
    initialValues: { fromDay: null, toDay: null, reason: '' },
    validate: { fromDay: (day) => (day ? null : t('required', { ns: 'common' })) },
  });
  const add = useMutation({
    mutationFn: ({ fromDay, toDay, reason }: AbsenceForm) =>
      addAbsence(whose, { fromDay: fromDay!, toDay: toDay ?? fromDay!, reason: reason.trim() || null }),
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
