import { Badge, Button, Group, Menu, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import {
  IconChevronDown,
  IconFlagCheck,
  IconPlayerPlay,
  IconRotate2,
  IconUserPlus,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { ErrorState, LoadingRows } from '../../components/states';
import { useMay } from '../../lib/session';
import { Participants } from './participants';
import { ReopenDialog } from './reopen-dialog';
import { RoundEvents } from './round-events';
import { RoundOverview } from './round-overview';
import { roundQuery, type Round } from './round-queries';
import { daysOf, RoundStatus } from './round-status';
import { useStartRound } from './start-round';

const RoundProgress = lazy(() => import('./round-progress'));
const route = getRouteApi('/shell/rounds/$roundId');
const TABS = ['overview', 'events', 'participants', 'progress'] as const;
type Tab = (typeof TABS)[number];

function CloseLink({ round, variant }: { round: Round; variant?: 'default' }) {
  const { t } = useTranslation('rounds');
  return (
    <Button
      component={Link}
      to={`/rounds/${round.id}/close`}
      variant={variant}
      leftSection={<IconFlagCheck size={18} aria-hidden />}
    >
      {t('action.close')}
    </Button>
  );
}

interface ActionsProps {
  round: Round;
  goTo: (tab: Tab) => void;
}

/** The next sensible thing first: start, add participants, close; of a closed round, what is still possible. */
function Actions({ round, goTo }: ActionsProps) {
  const { t } = useTranslation('rounds');
  const mayWrite = useMay('round.write');
  const mayClose = useMay('round.close');
  const start = useStartRound(round);
  const [reopening, setReopening] = useState(false);
  if (!mayWrite) return null;
  const isEmpty = round.counts.participations === 0;
  const add = (
    <Button
      variant={isEmpty && round.status === 'running' ? 'filled' : 'default'}
      leftSection={<IconUserPlus size={18} aria-hidden />}
      onClick={() => goTo('participants')}
    >
      {t('action.addParticipants')}
    </Button>
  );
  if (round.status === 'planned')
    return (
      <>
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t('action.start')}
        </Button>
        {add}
      </>
    );
  if (round.status === 'running')
    return (
      <>
        {mayClose && !isEmpty && <CloseLink round={round} />}
        {add}
        {mayClose && isEmpty && <CloseLink round={round} variant="default" />}
      </>
    );
  return (
    <>
      {add}
      {mayClose && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
              {t('action.other')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRotate2 size={16} aria-hidden />} onClick={() => setReopening(true)}>
              {t('action.reopen')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ReopenDialog round={round} opened={reopening} onClose={() => setReopening(false)} />
    </>
  );
}

function Lead({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  return (
    <Group gap="xs">
      <RoundStatus status={round.status} />
      <Text span inherit>
        {[round.code, daysOf(round), round.kind && t(`kinds.${round.kind}`)].filter(Boolean).join(' · ')}
      </Text>
      {round.sample && (
        <Badge variant="default" style={{ textTransform: 'none' }}>
          {t('sample', { ns: 'common' })}
        </Badge>
      )}
    </Group>
  );
}

function Parts({ round, tab, goTo }: ActionsProps & { tab: Tab }) {
  const { t } = useTranslation('rounds');
  const tabs = TABS.filter((one) => one !== 'progress' || round.status === 'closed' || tab === 'progress');
  return (
    <Tabs value={tab} onChange={(value) => goTo((value as Tab | null) ?? 'overview')} keepMounted={false}>
      <Tabs.List aria-label={t('tab.label')} mb="md">
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tab.${one}`)}
            {one === 'participants' && ` (${round.counts.participations})`}
            {one === 'events' && ` (${round.counts.events})`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <RoundOverview round={round} />
      </Tabs.Panel>
      <Tabs.Panel value="events">
        <RoundEvents round={round} />
      </Tabs.Panel>
      <Tabs.Panel value="participants">
        <Participants round={round} />
      </Tabs.Panel>
      <Tabs.Panel value="progress">
        <Suspense fallback={<LoadingRows />}>
          <RoundProgress round={round} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

/** A round from its plan to what came of it. */
export function RoundPage() {
  const { t } = useTranslation('rounds');
  const { roundId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: round, error, refetch } = useQuery(roundQuery(roundId));
  if (!round)
    return (
      <Page title={t('round')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows />}
      </Page>
    );
  const first = round.status === 'closed' ? 'progress' : 'overview';
  const tab = TABS.find((one) => one === search.tab) ?? first;
  const goTo = (next: Tab) =>
    void navigate({ search: next === first ? {} : { tab: next }, replace: true, resetScroll: false });
  return (
    <Page title={round.name} lead={<Lead round={round} />} actions={<Actions round={round} goTo={goTo} />}>
      <Parts round={round} tab={tab} goTo={goTo} />
    </Page>
  );
}
