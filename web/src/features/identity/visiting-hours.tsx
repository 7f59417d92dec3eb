import { ActionIcon, Button, Group, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import styles from './visiting-hours.module.css';
import { hoursQuery, saveHours, type Hours, type HoursBody, type Whose } from './visiting-calls';

type HoursForm = Record<string, unknown> & HoursBody;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** When investors may choose to come. */
export function VisitingHours({ whose }: { whose: Whose }) {
  const { t } = useTranslation('visiting');
  const query = useQuery(hoursQuery(whose));
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {t('title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('text')}
        </Text>
      </div>
      <QueryState query={query}>
        {(hours) => <Form key={hours.version} whose={whose} hours={hours} />}
      </QueryState>
    </Stack>
  );
}

function Form({ hours, whose }: { hours: Hours; whose: Whose }) {
  const { t } = useTranslation('visiting');
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const { weekly, visitMinutes, noticeWorkingDays, horizonWorkingDays } = hours;
  const form = useForm<HoursForm>({
    initialValues: { weekly, visitMinutes, noticeWorkingDays, horizonWorkingDays },
  });
  const save = useMutation({
    mutationFn: (body: HoursBody) => saveHours(whose, hours.version, body),
    onSuccess: async (saved) => {
      client.setQueryData(hoursQuery(whose).queryKey, saved);
      await client.invalidateQueries({ queryKey: ['meeting', 'free-times'] });
      tellDone(t('saved'));
    },
    onError: (error) => setFault(showFaults(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setFault(null);
        save.mutate(values);
      })}
    >
      <Stack>
        {WEEKDAYS.map((weekday) => (
          <Weekday key={weekday} weekday={weekday} form={form} />
        ))}
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" style={{ alignItems: 'end' }}>
          <NumberInput
            label={t('minutes')}
            min={15}
            max={480}
            step={15}
            {...form.getInputProps('visitMinutes')}
          />
          <NumberInput label={t('notice')} min={0} max={30} {...form.getInputProps('noticeWorkingDays')} />
          <NumberInput label={t('horizon')} min={1} max={60} {...form.getInputProps('horizonWorkingDays')} />
        </SimpleGrid>
        <Refused reason={fault} />
        <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('save', { ns: 'common' })}
        </Button>
      </Stack>
    </form>
  );
}

interface WeekdayProps {
  weekday: number;
  form: UseFormReturnType<HoursForm>;
}

/** One day of the week with its spans; none: nobody is received. */
function Weekday({ weekday, form }: WeekdayProps) {
  const { t } = useTranslation('visiting');
  const name = t(`weekday.${weekday}`);
  const spans = form.values.weekly.map((span, index) => ({ span, index }));
  const own = spans.filter(({ span }) => span.weekday === weekday);
  return (
    <div className={styles.day} role="group" aria-label={name}>
      <Text className={styles.name} pt={6} fw={500}>
        {name}
      </Text>
      <Stack gap={6} className={styles.spans}>
        {own.length === 0 && (
          <Text size="sm" c="dimmed" pt={8}>
            {t('closed')}
          </Text>
        )}
        {own.map(({ index }, at) => (
          <Span key={index} index={index} name={`${name} (${at + 1})`} form={form} />
        ))}
      </Stack>
      <ActionIcon
        className={styles.add}
        variant="subtle"
        size="lg"
        aria-label={t('add', { day: name })}
        onClick={() => form.insertListItem('weekly', { weekday, from: '08:00', to: '11:30' })}
      >
        <IconPlus size={18} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function Span({ index, name, form }: { index: number; name: string; form: UseFormReturnType<HoursForm> }) {
  const { t } = useTranslation('visiting');
  const picker = (field: 'from' | 'to') => ({
    ...form.getInputProps(`weekly.${index}.${field}`),
    'aria-label': t(field, { day: name }),
    hoursInputLabel: t(`${field}Hours`, { day: name }),
    minutesInputLabel: t(`${field}Minutes`, { day: name }),
    onChange: (time: string) => form.setFieldValue(`weekly.${index}.${field}`, time.slice(0, 5)),
    format: '24h' as const,
    w: 92,
  });
  return (
    <Group gap={6} wrap="nowrap">
      <TimePicker {...picker('from')} />
      <Text aria-hidden>–</Text>
      <TimePicker {...picker('to')} />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('remove', { day: name })}
        onClick={() => form.removeListItem('weekly', index)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
