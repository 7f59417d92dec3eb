import { Alert, Button, Card, Group, List, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconFlagCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { formatNumber, formatTime } from '../../lib/format';
import { totalsOf, type ClosingState } from './closing';
import { roundQuery, usePlanChoices, type Closing, type Round } from './round-queries';

interface ConfirmProps {
  closing: ClosingState;
  actual: Closing;
  round: Round;
}

/** One key for the life of the page: however often it is sent, the round is closed once. */
function useClose(round: Round, closing: ClosingState) {
  const { t } = useTranslation('close-round');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(newKey);
  const sent = useRef(false);
  const close = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/rounds/{id}/close', {
          params: { path: { id: round.id } },
          headers: once(key),
          body: {
            outcome: closing.form.values.outcome.trim() || null,
            followUpPlanId: closing.planId,
            except: [...closing.out],
          },
        }),
      ),
    onSuccess: async (answer) => {
      closing.draft.forget();
      tellDone(t('done', { count: answer.reminders.created }));
      await navigate({ to: '/rounds/$roundId', params: { roundId: round.id }, search: {} });
      client.setQueryData(roundQuery(round.id).queryKey, answer.round);
      for (const topic of ['round', 'lead', 'reminder', 'today'])
        void client.invalidateQueries({ queryKey: [topic] });
    },
    onError: () => {
      sent.current = false;
    },
  });
  const start = () => {
    // the second click of a double click comes before the button knows of the first
    if (sent.current) return;
    sent.current = true;
    close.mutate();
  };
  return { ...close, start };
}

/** The whole of it in words, before it is done. */
export function CloseConfirm({ closing, actual, round }: ConfirmProps) {
  const { t } = useTranslation('close-round');
  const close = useClose(round, closing);
  const plan = usePlanChoices().find(({ value }) => value === closing.planId);
  const totals = totalsOf(actual);
  const skipped = actual.preview.filter(({ willSkip }) => willSkip).length;
  const nothing = actual.preview.length === 0;
  const amounts = {
    firms: t('amount.firms', { count: totals.firms, shown: formatNumber(totals.firms) }),
    mails: t('amount.mails', { count: totals.mails, shown: formatNumber(totals.mails) }),
    tasks: t('amount.tasks', { count: totals.tasks, shown: formatNumber(totals.tasks) }),
    first: totals.first ? formatTime(totals.first) : '',
  };
  return (
    <Card withBorder maw={720}>
      <Stack>
        <Title order={2} size="h4">
          {t('confirmTitle', { name: round.name })}
        </Title>
        <Text size="lg" aria-live="polite">
          {t(nothing ? 'nothingFollows' : 'totals', amounts)}
        </Text>
        <List spacing={4}>
          {plan && <List.Item>{t('withPlan', { name: plan.label })}</List.Item>}
          {actual.without.length > 0 && (
            <List.Item>{t('without', { count: actual.without.length })}</List.Item>
          )}
          {skipped > 0 && <List.Item>{t('skippedMails', { count: skipped })}</List.Item>}
          <List.Item>{t('canReopen')}</List.Item>
        </List>
        {close.error && (
          <Alert color="red" role="alert" title={t('notDone', { ns: 'common' })}>
            {close.error.message}
          </Alert>
        )}
        {close.isPending && (
          <div role="status">
            <Text size="sm" mb={4}>
              {t('closing')}
            </Text>
            <Progress value={100} animated aria-label={t('closing')} />
          </div>
        )}
        <Group justify="flex-end">
          <Button
            size="md"
            leftSection={<IconFlagCheck size={18} aria-hidden />}
            disabled={closing.actual.isFetching || close.isPending || close.isSuccess}
            onClick={close.start}
          >
            {t('confirm')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
