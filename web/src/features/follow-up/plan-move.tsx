import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import type { Plan } from './plan-queries';

interface MoveProps {
  plan: Plan;
  opened: boolean;
  onClose: () => void;
}

const move = (id: string, dryRun: boolean) =>
  take(
    api.POST('/api/v1/follow-up-plans/{id}/move-sequences', { params: { path: { id } }, body: { dryRun } }),
  );

/** What running sequences would do under the steps as they are now, and doing it. */
export function MoveSequencesDialog({ plan, opened, onClose }: MoveProps) {
  const { t } = useTranslation('plans');
  const client = useQueryClient();
  const trial = useQuery({
    queryKey: ['plan', plan.id, 'move', plan.planVersion],
    queryFn: () => move(plan.id, true),
    enabled: opened,
    staleTime: 0,
  });
  const go = useMutation({
    mutationFn: () => move(plan.id, false),
    onSuccess: ({ moved }) => {
      tellDone(t('move.done', { count: moved }));
      for (const topic of ['plan', 'reminder', 'lead', 'round', 'today'])
        void client.invalidateQueries({ queryKey: [topic] });
      onClose();
    },
    onError: tellFailure,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('move.title')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Stack>
        <QueryState query={trial}>
          {(outcome) =>
            outcome.moved === 0 ? (
              <Text>{t('move.nothing')}</Text>
            ) : (
              <>
                <Text>{t('move.moved', { count: outcome.moved })}</Text>
                <List size="sm">
                  {(['created', 'changed', 'cancelled', 'kept'] as const).map((part) => (
                    <List.Item key={part}>{t(`move.${part}`, { count: outcome[part] })}</List.Item>
                  ))}
                </List>
              </>
            )
          }
        </QueryState>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button disabled={!trial.data?.moved} loading={go.isPending} onClick={() => go.mutate()}>
            {t('move.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Said after saving: who is being followed up now keeps the old steps until someone moves them. */
export function RunningKeepTheirs({ onMove }: { onMove: () => void }) {
  const { t } = useTranslation('plans');
  return (
    <Alert title={t('move.keepTitle')} role="status">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('move.keepText')}</Text>
        <Button size="xs" variant="default" onClick={onMove}>
          {t('move.look')}
        </Button>
      </Stack>
    </Alert>
  );
}
