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
  if (query.data) return <MessageView message={query.data} />;
  return (
    <Page title={t('page')}>
      {hasStatus(query.error, 404) ? (
        <EmptyState icon={IconMailOff} title={t('gone.title')} text={t('gone.text')} />
      ) : (
        <QueryState query={query} loading={<LoadingRows rows={6} height={72} />}>
          {() => null}
        </QueryState>
      )}
    </Page>
  );
}

function MessageView({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  const names = (
    <Group gap="xs">
      <Text inherit span>
        {t(`purpose.${message.purpose}`)} · {message.toName}
        {message.firm && ` · ${message.firm.name}`}
      </Text>
      <MessageBadge status={message.status} />
    </Group>
  );
  return (
    <Page title={message.subject} lead={names}>
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
    </Page>
  );
}
