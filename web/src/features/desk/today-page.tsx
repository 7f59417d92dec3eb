import { Badge, Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconSun } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { colleaguesQuery } from '../../components/selects';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { formatNumber, local } from '../../lib/format';
import { useNow } from '../../lib/minute';
import { useRowActs } from '../../lib/row-acts';
import { useMay, useMe } from '../../lib/session';
import type { Reminder } from '../follow-up/reminder-actions';
import type { Asking } from './today-dialogs';
import { OverdueRequests } from './overdue-requests';
import { TodayMeetings, useDayMeetings } from './today-meetings';
import { TodayObstacles } from './today-obstacles';
import { Answers, Enquiries, Mails, NeglectedLeads } from './today-others';
import { useTasks, useToday, type Today } from './today-queries';
import { NowTasks, WeekTasks } from './today-tasks';
import classes from './today.module.css';

/** Loaded when something is asked for the first time: the list itself is there sooner. */
const TodayDialogs = lazy(() =>
  import('./today-dialogs').then((module) => ({ default: module.TodayDialogs })),
);

const press = (row: HTMLElement, what: string) => row.querySelector<HTMLElement>(what)?.click();

const ROW_KEYS = {
  d: (_id: string, row: HTMLElement) => press(row, '[data-act="complete"]'),
  s: (_id: string, row: HTMLElement) => press(row, '[data-act="snooze"]'),
  Enter: (_id: string, row: HTMLElement) => press(row, 'a'),
};

/** What must I do now? */
export function TodayPage() {
  const { t } = useTranslation('today');
  const { who = 'me' } = useSearch({ from: '/shell/' });
  const due = useTasks(who);
  const today = useToday(who);
  const receives = (useDayMeetings(who).data?.total ?? 0) > 0;
  const [asking, setAsking] = useState<{ times: number; about: Asking } | null>(null);
  const ask = (about: Asking) => setAsking((before) => ({ times: (before?.times ?? 0) + 1, about }));
  const onLog = (task: Reminder) => ask({ what: 'complete', task });
  useRowActs(ROW_KEYS);
  const sees = useMay('reminder.write_any');
  const beside = !today.data || listsOf(today.data).some(({ total }) => total > 0);
  return (
    <Page
      title={t('title')}
      lead={<Counts due={due} done={today.data?.counts.done} />}
      actions={sees && <Whose who={who} />}
    >
      <OverdueRequests />
      {isCalm(due, today.data) && !receives ? (
        <Calm />
      ) : (
        <div className={classes.desk} data-beside={beside || undefined}>
          <Stack gap="lg" className={classes.now}>
            <TodayMeetings who={who} />
            <NowTasks due={due} onLog={onLog} />
          </Stack>
          {beside && (
            <div className={classes.beside}>
              <FromOthers today={today} ask={ask} />
            </div>
          )}
          <Stack gap="lg" className={classes.week}>
            <WeekTasks due={due} onLog={onLog} />
          </Stack>
        </div>
      )}
      {asking && (
        <Suspense>
          <TodayDialogs key={asking.times} asking={asking.about} />
        </Suspense>
      )}
    </Page>
  );
}

function Calm() {
  const { t } = useTranslation('today');
  return (
    <EmptyState
      icon={IconSun}
      title={t('calm.title')}
      text={t('calm.text')}
      action={
        <Button component={Link} to="/pipeline" variant="light">
          {t('calm.pipeline')}
        </Button>
      }
    />
  );
}

/** What investors and time have brought. */
function FromOthers({ today, ask }: { today: ReturnType<typeof useToday>; ask: (about: Asking) => void }) {
  return (
    <QueryState query={today} loading={<LoadingRows rows={4} height={84} />}>
      {(data) => (
        <Stack gap="lg">
          <Enquiries today={data} ask={ask} />
          <TodayObstacles today={data} />
          <Answers today={data} ask={ask} />
          <Mails today={data} />
          <NeglectedLeads today={data} ask={ask} />
        </Stack>
      )}
    </QueryState>
  );
}

const listsOf = ({ enquiries, answers, attention, neglected, obstacles }: Today) => [
  enquiries,
  answers,
  attention,
  neglected,
  obstacles,
];

function isCalm({ tasks, isPending }: ReturnType<typeof useTasks>, today: Today | undefined): boolean {
  if (!today || isPending) return false;
  return (
    tasks.overdue.length + tasks.today.length + tasks.week.length === 0 &&
    listsOf(today).every(({ total }) => total === 0)
  );
}

function Counts({ due, done }: { due: ReturnType<typeof useTasks>; done: number | undefined }) {
  const { t } = useTranslation('today');
  const day = local(useNow()).format('dddd, DD/MM/YYYY');
  const { overdue, today, week } = due.tasks;
  const lateTotal = due.lists.overdue.query.hasNextPage ? due.lists.overdue.total : overdue.length;
  return (
    <Group gap="xs" mih={26}>
      <span style={{ textTransform: 'none' }}>{day.charAt(0).toLocaleUpperCase() + day.slice(1)}</span>
      {!due.isPending && (
        <>
          {lateTotal > 0 && (
            <Badge size="lg" color="red.9" variant="filled" tt="none">
              {t('counts.overdue', { count: lateTotal, shown: formatNumber(lateTotal) })}
            </Badge>
          )}
          <Badge size="lg" variant="default" tt="none">
            {t('counts.today', { count: today.length })}
          </Badge>
          <Badge size="lg" variant="default" tt="none">
            {t('counts.week', { count: week.length })}
          </Badge>
        </>
      )}
      {Boolean(done) && (
        <Badge size="lg" variant="light" color="pine" tt="none">
          {t('counts.done', { count: done })}
        </Badge>
      )}
    </Group>
  );
}

/** A manager sees a colleague's day, or everybody's. */
function Whose({ who }: { who: string }) {
  const { t } = useTranslation('today');
  const me = useMe();
  const navigate = useNavigate();
  const { data } = useQuery(colleaguesQuery);
  const others = (data ?? []).filter(({ id }) => id !== me.id);
  return (
    <Select
      aria-label={t('whose')}
      w={240}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      data={[
        { value: 'me', label: t('mine') },
        { value: 'all', label: t('everybody') },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={who}
      onChange={(value) =>
        void navigate({ to: '/', search: { who: value === 'me' ? undefined : (value ?? undefined) } })
      }
    />
  );
}
