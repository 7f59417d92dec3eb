import { Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconMailOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { hasStatus } from '../../lib/problem';
import { MessageBody } from './message-body';
import { MessageDecision } from './message-decision';
import { MessageContext, MessageProof } from './message-proof';
import { messageQuery, type MessageDetail } from './message-queries';
import { MessageBadge } from './message-status';

/** What was sent, when, to whom, and what came of it? */
export function MessagePage() {
  const { t } = useTranslation('messages');
  const { messageId } = useParams({ from: '/shell/messages/$messageId' });
  const query = useQuery(messageQuery(messageId));
  const message = query.data;
  // one frame from the first moment on: the title keeps the focus that a new page gives it
  return (
    <Page title={message?.subject ?? t('page')} lead={message && <Names message={message} />}>
      {hasStatus(query.error, 404) && !message ? (
        <EmptyState icon={IconMailOff} title={t('gone.title')} text={t('gone.text')} />
      ) : (
        <QueryState query={query} loading={<LoadingRows rows={6} height={72} />}>
          {(read) => <MessageView message={read} />}
        </QueryState>
      )}
    </Page>
  );
}

function Names({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  return (
    <Group gap="xs">
      <Text inherit span>
        {t(`purpose.${message.purpose}`)} · {message.toName}
        {message.firm && ` · ${message.firm.name}`}
      </Text>
      <MessageBadge status={message.status} />
    </Group>
  );
}

function MessageView({ message }: { message: MessageDetail }) {
  return (
    <>
      <MessageDecision message={message} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <MessageProof message={message} />
            <MessageContext message={message} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <MessageBody message={message} />
        </Grid.Col>
      </Grid>
    </>
  );
}
