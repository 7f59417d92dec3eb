import { ActionIcon, Badge, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { formatDay, formatNumber, inLanguage, instantOf, local, today } from '../../lib/format';
import { ActionsHead } from './actions-head';
import { specialDaysQuery, type Exception, type ExceptionBody, type SpecialDay } from './calendar';
import { CalendarDialog } from './calendar-dialog';

/** How many years back and ahead are offered. */
const SPAN = 3;

function useRemove() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: (body: ExceptionBody) => take(api.POST('/api/v1/calendar/exceptions', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['calendar'] }),
    onError: tellFailure,
  });
  return useMutation({
    mutationFn: ({ id }: Exception) =>
      take(api.DELETE('/api/v1/calendar/exceptions/{id}', { params: { path: { id } } })),
    onSuccess: (_, { day, kind, nameVi, nameEn, source }) => {
      void client.invalidateQueries({ queryKey: ['calendar'] });
      tellDone(t('calendar.removed', { day: formatDay(day) }), () =>
        again.mutate({ day, kind, nameVi, nameEn, source }),
      );
    },
    onError: tellFailure,
  });
}

/** Which days of a year do not work, or work out of turn, and who said so. */
export default function CalendarTab() {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const thisYear = Number(today().slice(0, 4));
  const year = Number(useSearch({ from: '/shell/admin' }).year) || thisYear;
  const [open, setOpen] = useState<Exception | 'new' | null>(null);
  const remove = useRemove();
  const query = useQuery(specialDaysQuery(year));
  const years = Array.from({ length: 2 * SPAN + 1 }, (_, index) => String(thisYear - SPAN + index));
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Select
          w={120}
          label={t('calendar.year')}
          allowDeselect={false}
          data={years.includes(String(year)) ? years : [...years, String(year)].sort()}
          value={String(year)}
          onChange={(value) =>
            void navigate({ to: '/admin', search: { tab: 'calendar', year: value ?? undefined } })
          }
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
          {t('calendar.add')}
        </Button>
      </Group>
      <Text c="dimmed">{t('calendar.text')}</Text>
      <QueryState query={query}>
        {({ days, workingDays }) => (
          <>
            <Text size="sm">
              {t('calendar.count', { count: workingDays, number: formatNumber(workingDays) })}
            </Text>
            {days.length === 0 ? (
              <EmptyState title={t('calendar.empty')} />
            ) : (
              <DaysTable days={days} onEdit={setOpen} onRemove={(one) => remove.mutate(one)} />
            )}
          </>
        )}
      </QueryState>
      {open && <CalendarDialog known={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

interface TableProps {
  days: SpecialDay[];
  onEdit: (exception: Exception) => void;
  onRemove: (exception: Exception) => void;
}

function DaysTable({ days, ...act }: TableProps) {
  const { t } = useTranslation('admin');
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>{t('calendar.day')}</Table.Th>
          <Table.Th>{t('calendar.name')}</Table.Th>
          <Table.Th visibleFrom="md">{t('calendar.source')}</Table.Th>
          <ActionsHead w={80} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.map((day) => (
          <DayRow key={day.day} day={day} {...act} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DayRow({ day, onEdit, onRemove }: Omit<TableProps, 'days'> & { day: SpecialDay }) {
  const { t } = useTranslation('admin');
  const { exception } = day;
  const name = inLanguage(day);
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{formatDay(day.day)}</Text>
        <Text size="sm" c="dimmed">
          {local(instantOf(day.day, '12:00')).format('dddd')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text>{name}</Text>
        <Badge
          variant="light"
          color={day.kind === 'working_day' ? 'blue' : 'orange'}
          c="var(--mantine-color-text)"
          tt="none"
          fw={500}
        >
          {t(`calendar.kind.${day.kind}`)}
        </Badge>
        {exception && (
          <Text size="sm" c="dimmed" hiddenFrom="md" style={{ overflowWrap: 'anywhere' }}>
            {day.source}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {day.source}
        </Text>
      </Table.Td>
      <Table.Td>
        {exception && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              aria-label={t('calendar.editDay', { day: formatDay(day.day) })}
              onClick={() => onEdit(exception)}
            >
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('calendar.removeDay', { day: formatDay(day.day) })}
              onClick={() => onRemove(exception)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
