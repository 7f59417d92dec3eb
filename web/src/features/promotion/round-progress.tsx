import { Alert, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { formatDay, formatNumber, formatTime, inLanguage } from '../../lib/format';
import { ProgressChart } from './progress-chart';
import { progressQuery, type Progress, type Round } from './round-queries';
import { RoundLeads } from './round-leads';

const MAIN = ['mailsSent', 'answered', 'leadsMoved', 'tasksDone'] as const;
const TROUBLES = ['tasksLate', 'mailsBounced', 'mailsFailed', 'mailsUnknown', 'optedOut'] as const;
const ANSWERS = ['interested', 'call_me', 'visit', 'not_now', 'not_interested'] as const;

function Totals({ progress }: { progress: Progress }) {
  const { t } = useTranslation('rounds');
  const { totals, leadsMoved } = progress;
  const valueOf = (figure: (typeof MAIN)[number]) => (figure === 'leadsMoved' ? leadsMoved : totals[figure]);
  const troubles = TROUBLES.filter((figure) => totals[figure] > 0);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {MAIN.map((figure) => (
          <Card key={figure} withBorder p="md">
            <Text size="sm" c="dimmed">
              {t(`progress.${figure}`)}
            </Text>
            <Text fz={28} fw={650} lh={1.2}>
              {formatNumber(valueOf(figure))}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      {troubles.length > 0 && (
        <Group gap="lg">
          {troubles.map((figure) => (
            <Text key={figure} size="sm">
              {t(`progress.${figure}`)}: <b>{formatNumber(totals[figure])}</b>
            </Text>
          ))}
        </Group>
      )}
    </Stack>
  );
}

function Answers({ answers }: { answers: Progress['totals']['answers'] }) {
  const { t } = useTranslation('rounds');
  const given = ANSWERS.filter((answer) => answers[answer] > 0);
  if (given.length === 0) return null;
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="xs">
        {t('progress.answers')}
      </Title>
      {given.map((answer) => (
        <Group key={answer} justify="space-between">
          <Text>{t(`answer.${answer}`, { ns: 'common' })}</Text>
          <Text fw={600}>{formatNumber(answers[answer])}</Text>
        </Group>
      ))}
    </Card>
  );
}

function Waiting({ waiting }: { waiting: Progress['waiting'] }) {
  const { t } = useTranslation('rounds');
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="xs">
        {t('progress.waiting')}
      </Title>
      {waiting.open > 0 && <Text>{t('progress.openTasks', { count: waiting.open })}</Text>}
      {waiting.mailsQueued > 0 && <Text>{t('progress.queued', { count: waiting.mailsQueued })}</Text>}
      {waiting.steps.length === 0 && <Text c="dimmed">{t('progress.waitingNothing')}</Text>}
      {waiting.nextDueAt && (
        <Text mb="xs">{t('progress.next', { time: formatTime(waiting.nextDueAt) })}</Text>
      )}
      {waiting.steps.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('progress.step')}</Table.Th>
              <Table.Th ta="right">{t('progress.stepCount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {waiting.steps.map((step) => (
              <Table.Tr key={`${step.stepKey}-${step.channel}`}>
                <Table.Td>
                  <Text>{inLanguage({ nameVi: step.titleVi, nameEn: step.titleEn })}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`channel.${step.channel}`, { ns: 'common' })} ·{' '}
                    {t('progress.from', { time: formatTime(step.dueAt) })}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">{formatNumber(step.count)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

/** What came of a closed round, what still waits, and how each lead stands. */
export default function RoundProgress({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const progress = useQuery(progressQuery(round.id));
  return (
    <QueryState query={progress}>
      {(data) => (
        <Stack gap="lg">
          {data.since && <Text c="dimmed">{t('progress.since', { day: formatDay(data.since) })}</Text>}
          {!data.closedAt && <Alert variant="light">{t('progress.isOpen')}</Alert>}
          <Totals progress={data} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <ProgressChart days={data.days} />
            <Stack>
              <Waiting waiting={data.waiting} />
              <Answers answers={data.totals.answers} />
            </Stack>
          </SimpleGrid>
          <RoundLeads round={round} />
        </Stack>
      )}
    </QueryState>
  );
}
