import { Alert, Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { useMay } from '../../lib/session';
import { messageQuery, type MessageDetail } from './message-queries';

function useDecide(message: MessageDetail) {
  const { t } = useTranslation('messages');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: 'retry' | 'mark-sent') => {
      const options = { params: { path: { id: message.id } }, headers: ifMatch(message.version) };
      return take(
        decision === 'retry'
          ? api.POST('/api/v1/messages/{id}/retry', options)
          : api.POST('/api/v1/messages/{id}/mark-sent', options),
      );
    },
    onSuccess: (saved, decision) => {
      client.setQueryData(messageQuery(message.id).queryKey, saved);
      tellDone(t(decision === 'retry' ? 'decide.retried' : 'decide.marked'));
    },
    onError: tellFailure,
    onSettled: () => {
      for (const topic of ['message', 'lead', 'today']) void client.invalidateQueries({ queryKey: [topic] });
    },
  });
}

/** A mail that failed, or of which nobody knows whether it arrived: a person decides. */
export function MessageDecision({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  const mayWrite = useMay('message.write');
  const decide = useDecide(message);
  const { status } = message;
  if (status !== 'unknown' && status !== 'failed') return null;
  const retry = () => {
    if (status === 'failed') return decide.mutate('retry');
    modals.openConfirmModal({
      title: t('decide.warnTitle'),
      children: <Text size="sm">{t('decide.warn')}</Text>,
      labels: { confirm: t('decide.warnYes'), cancel: t('cancel', { ns: 'common' }) },
      closeButtonProps: { 'aria-label': t('close', { ns: 'common' }) },
      onConfirm: () => decide.mutate('retry'),
    });
  };
  return (
    <Alert color="red" icon={<IconHelpCircle aria-hidden />} title={t(`decide.${status}.title`)}>
      <Text size="sm" mb="sm">
        {t(`decide.${status}.text`)}
      </Text>
      {mayWrite && (
        <Group gap="xs">
          {status === 'unknown' && (
            <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate('mark-sent')}>
              {t('decide.markSent')}
            </Button>
          )}
          <Button size="xs" variant="default" loading={decide.isPending} onClick={retry}>
            {t('decide.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
