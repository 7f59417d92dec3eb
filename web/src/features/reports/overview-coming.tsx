import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import i18n from 'i18next';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatNumber, today } from '../../lib/format';
import { titleOf } from '../follow-up/reminder-actions';
import { OpenRows } from './figures';
import { Part } from './overview-parts';
import type { Row, RowsSource } from './rows';

interface Coming extends Omit<RowsSource, 'title' | 'count'> {
  name: 'tasksOverdue' | 'tasksWeek' | 'obstaclesOverdue' | 'obstaclesWeek' | 'meetingsWeek';
}

interface Listed {
  nextCursor: string | null;
  total: number;
}

const rowsFrom = <T,>({ items, nextCursor, total }: Listed & { items: T[] }, row: (item: T) => Row) => ({
  items: items.map(row),
  nextCursor,
  total,
});

const tasks = (name: Coming['name'], due: 'overdue' | 'week'): Coming => ({
  name,
  reassign: true,
  key: ['reminder', 'coming', due],
  load: async (cursor, signal) =>
    rowsFrom(
      await take(
        api.GET('/api/v1/reminders', {
          signal,
          params: { query: { due, kind: ['officer_task', 'manager_escalation'], limit: 50, cursor } },
        }),
      ),
      (task) => ({
        id: task.id,
        type: 'reminder',
        reference: [task.lead.reference, task.owner?.name].filter(Boolean).join(' · '),
        name: `${titleOf(task)} – ${task.firm.name}`,
        leadId: task.leadId,
        value: null,
        at: task.dueAt,
      }),
    ),
});

const obstacles = (name: Coming['name'], due: 'overdue' | 'week'): Coming => ({
  name,
  key: ['obstacle', 'coming', due],
  load: async (cursor, signal) =>
    rowsFrom(
      await take(
        api.GET('/api/v1/obstacles', {
          signal,
          params: { query: { due, status: ['open', 'in_progress'], limit: 50, cursor } },
        }),
      ),
      (one) => ({
        id: one.id,
        type: 'other',
        reference: [one.lead.reference, one.owner?.name].filter(Boolean).join(' · '),
        name: `${one.title} – ${one.firm.name}`,
        leadId: one.lead.id,
        value: null,
        at: one.dueAt,
      }),
    ),
});

const meetings = (from: string, to: string): Coming => ({
  name: 'meetingsWeek',
  key: ['meeting', 'coming', from],
  load: async (cursor, signal) =>
    rowsFrom(
      await take(
        api.GET('/api/v1/meetings', {
          signal,
          params: { query: { from, to, status: ['booked'], limit: 50, cursor } },
        }),
      ),
      (one) => ({
        id: one.id,
        type: 'other',
        reference: [one.lead.reference, one.officer.name].join(' · '),
        name: `${i18n.t(`reports:meeting.${one.kind}`)} – ${one.firm.name}`,
        leadId: one.lead.id,
        value: null,
        at: one.startsAt,
      }),
    ),
});

function Line({ coming }: { coming: Coming }) {
  const { t } = useTranslation('reports');
  const title = t(`coming.${coming.name}`);
  const query = useQuery({
    queryKey: [...coming.key, 'count', i18n.language],
    queryFn: ({ signal }) => coming.load(undefined, signal),
  });
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm">
      <Text>{title}</Text>
      <Text component="div" fw={700} ta="right">
        <QueryState query={query} loading={<span aria-hidden>…</span>}>
          {({ total }) =>
            total === 0 ? (
              <Text span inherit c="dimmed">
                0
              </Text>
            ) : (
              <OpenRows source={{ ...coming, title, count: total }}>{formatNumber(total)}</OpenRows>
            )
          }
        </QueryState>
      </Text>
    </Group>
  );
}

/** What is late, and what the next days bring. */
export function ComingPart() {
  const { t } = useTranslation('reports');
  const from = today();
  const to = dayjs(from).add(6, 'day').format('YYYY-MM-DD');
  const all = [
    tasks('tasksOverdue', 'overdue'),
    tasks('tasksWeek', 'week'),
    obstacles('obstaclesOverdue', 'overdue'),
    obstacles('obstaclesWeek', 'week'),
    meetings(from, to),
  ];
  return (
    <Part title={t('coming.title')} note={t('coming.note')}>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {all.map((coming) => (
          <Line key={coming.name} coming={coming} />
        ))}
      </Stack>
    </Part>
  );
}
