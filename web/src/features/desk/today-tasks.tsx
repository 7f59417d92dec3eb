import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows } from '../../components/states';
import { More } from '../../components/more';
import type { Reminder } from '../follow-up/reminder-actions';
import { DeskSection } from './desk-section';
import { TaskRow } from './task-row';
import type { Tasks, useTasks } from './today-queries';

interface TaskListProps {
  when: keyof Tasks;
  tasks: Reminder[];
  /** There are others on the server. */
  more: boolean;
  onLog: (task: Reminder) => void;
}

function TaskList({ when, tasks, more, onLog }: TaskListProps) {
  const { t } = useTranslation('today');
  if (tasks.length === 0) return null;
  const late = when === 'overdue';
  return (
    <DeskSection title={t(`sections.${when}`)} count={more ? `${tasks.length}+` : tasks.length} urgent={late}>
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} late={late} urgent={when !== 'week'} onLog={onLog} />
      ))}
    </DeskSection>
  );
}

interface TaskSectionsProps {
  due: ReturnType<typeof useTasks>;
  onLog: (task: Reminder) => void;
}

/** What is late and what is due today. */
export function NowTasks({ due, onLog }: TaskSectionsProps) {
  const { t } = useTranslation('today');
  const { tasks, lists } = due;
  if (due.isPending)
    return due.error ? (
      <ErrorState error={due.error} retry={() => void due.refetch()} />
    ) : (
      <LoadingRows rows={5} height={84} />
    );
  if (tasks.overdue.length + tasks.today.length === 0)
    return (
      <Paper withBorder p="md">
        <Text c="dimmed">{t('nothingDue')}</Text>
      </Paper>
    );
  return (
    <>
      <TaskList when="overdue" tasks={tasks.overdue} more={lists.overdue.query.hasNextPage} onLog={onLog} />
      <Rest list={lists.overdue} />
      <TaskList when="today" tasks={tasks.today} more={false} onLog={onLog} />
    </>
  );
}

/** The days after today. */
export function WeekTasks({ due, onLog }: TaskSectionsProps) {
  if (due.isPending) return null;
  return (
    <>
      <TaskList when="week" tasks={due.tasks.week} more={due.lists.week.query.hasNextPage} onLog={onLog} />
      <Rest list={due.lists.week} />
    </>
  );
}

function Rest({ list }: { list: TaskSectionsProps['due']['lists']['week'] }) {
  const { query, items, total, isEstimate } = list;
  if (!query.hasNextPage) return null;
  return (
    <More
      shown={items?.length ?? 0}
      total={total}
      isEstimate={isEstimate}
      hasMore
      loading={query.isFetchingNextPage}
      load={() => void query.fetchNextPage()}
    />
  );
}
