import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { progressQuery, roundQuery, type Round } from './round-queries';

interface ReopenProps {
  round: Round;
  opened: boolean;
  onClose: () => void;
}

/** Says what reopening stops and what it leaves before it is done. */
export function ReopenDialog({ round, opened, onClose }: ReopenProps) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('reopen.title', { name: round.name })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Effects round={round} onClose={onClose} />
    </Modal>
  );
}

function Effects({ round, onClose }: Omit<ReopenProps, 'opened'>) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const progress = useQuery(progressQuery(round.id));
  const reopen = useMutation({
    mutationFn: () => take(api.POST('/api/v1/rounds/{id}/reopen', { params: { path: { id: round.id } } })),
    onSuccess: (answer) => {
      client.setQueryData(roundQuery(round.id).queryKey, answer.round);
      void client.invalidateQueries({ queryKey: ['round'] });
      onClose();
      tellDone(t('reopen.done', { count: answer.reminders.cancelled }));
    },
    onError: tellFailure,
  });
  return (
    <QueryState query={progress}>
      {({ waiting }) => (
        <Stack>
          <List spacing="xs">
            <List.Item>
              {waiting.pending > 0
                ? t('reopen.waiting', { count: waiting.pending })
                : t('reopen.waitingNone')}
            </List.Item>
            {waiting.open > 0 && <List.Item>{t('reopen.open', { count: waiting.open })}</List.Item>}
            <List.Item>{t('reopen.sent')}</List.Item>
            <List.Item>{t('reopen.again')}</List.Item>
          </List>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('cancel', { ns: 'common' })}
            </Button>
            <Button loading={reopen.isPending} onClick={() => reopen.mutate()}>
              {t('reopen.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </QueryState>
  );
}
