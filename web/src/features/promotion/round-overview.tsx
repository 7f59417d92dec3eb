import { Anchor, Badge, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/money';
import { formatDay, formatNumber } from '../../lib/format';
import { useMay } from '../../lib/session';
import { EditRoundDialog } from './edit-round-dialog';
import { eventsQuery, type Round } from './round-queries';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0}>
        {children}
      </Text>
    </div>
  );
}

function Goal({ name, done, goal }: { name: string; done: number; goal: number | null }) {
  const { t } = useTranslation('rounds');
  const words =
    goal === null ? t('noGoal') : t('reachedOf', { done: formatNumber(done), goal: formatNumber(goal) });
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="xl" fw={650} lh={1.2}>
        {formatNumber(done)}
      </Text>
      <Text size="sm">{words}</Text>
      {goal !== null && goal > 0 && (
        <Progress value={Math.min(100, (done / goal) * 100)} aria-label={`${name}: ${words}`} size="sm" />
      )}
    </Stack>
  );
}

function Reached({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const { data } = useQuery(eventsQuery(round.id));
  const meetings = data?.items.filter(({ kind }) => kind === 'meeting').length ?? 0;
  const { goals, counts } = round;
  return (
    <Card withBorder>
      <Stack>
        <Title order={2} size="h4">
          {t('reached')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Goal name={t('goal.firms')} done={counts.firms} goal={goals.firms} />
          <Goal name={t('goal.leads')} done={counts.leads} goal={goals.leads} />
          <Goal name={t('goal.meetings')} done={meetings} goal={goals.meetings} />
        </SimpleGrid>
        {goals.note && <Text style={{ whiteSpace: 'pre-line' }}>{goals.note}</Text>}
      </Stack>
    </Card>
  );
}

function Outcome({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  if (!round.closedAt) return null;
  const day = formatDay(round.closedAt);
  return (
    <Card withBorder>
      <Title order={2} size="h4">
        {t('outcome')}
      </Title>
      <Text style={{ whiteSpace: 'pre-line' }}>{round.outcome ?? t('unknown', { ns: 'common' })}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {round.closedBy ? t('closedBy', { day, name: round.closedBy.name }) : t('closedOn', { day })}
      </Text>
    </Card>
  );
}

function Facts({ round, edit }: { round: Round; edit: (() => void) | undefined }) {
  const { t } = useTranslation('rounds');
  const unknown = t('unknown', { ns: 'common' });
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('tab.overview')}
        </Title>
        {edit && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={edit}
          >
            {t('action.edit')}
          </Button>
        )}
      </Group>
      <Stack component="dl" gap="sm" m={0}>
        <Fact name={t('budget')}>
          <Money value={round.budget} />
        </Fact>
        <Fact name={t('owner')}>{round.owner?.name ?? unknown}</Fact>
        <Fact name={t('plan')}>
          {round.followUpPlan ? (
            <Anchor component={Link} to={`/plans/${round.followUpPlan.id}`}>
              {round.followUpPlan.name}
            </Anchor>
          ) : (
            unknown
          )}
        </Fact>
        <Fact name={t('clusters')}>
          {round.clusters.length === 0
            ? unknown
            : round.clusters.map(({ id, name }) => (
                <Badge
                  key={id}
                  component={Link}
                  to={`/clusters/${id}`}
                  variant="default"
                  mr={6}
                  style={{ textTransform: 'none', cursor: 'pointer' }}
                >
                  {name}
                </Badge>
              ))}
        </Fact>
      </Stack>
    </Card>
  );
}

/** What was planned, and how much of it is reached. */
export function RoundOverview({ round }: { round: Round }) {
  const mayWrite = useMay('round.write');
  const [editing, setEditing] = useState(false);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack>
        <Reached round={round} />
        <Outcome round={round} />
      </Stack>
      <Facts round={round} edit={mayWrite ? () => setEditing(true) : undefined} />
      <EditRoundDialog round={round} opened={editing} onClose={() => setEditing(false)} />
    </SimpleGrid>
  );
}
