import { Badge, Stack, Text } from '@mantine/core';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MessageRow, MessageStatus } from './message-queries';

const COLORS: Record<MessageStatus, string> = {
  queued: 'blue',
  sending: 'blue',
  sent: 'pine',
  failed: 'red',
  bounced: 'red',
  unknown: 'red',
  cancelled: 'gray',
};

export function MessageBadge({ status }: { status: MessageStatus }) {
  const { t } = useTranslation('messages');
  return (
    <Badge variant="light" color={COLORS[status]} tt="none">
      {t(`status.${status}`)}
    </Badge>
  );
}

/** Why it waits, failed or was held back: of this very code, of its kind (`smtp_5xx`, `smtp`), or of none. */
export function useReason(): (code: string) => string {
  const { t } = useTranslation('messages');
  return (code) => {
    const kinds = [code, code.replace(/\d\d$/, 'xx'), code.split('_')[0], 'other'];
    const known = kinds.find((kind) => i18n.exists(`why.${kind}`, { ns: 'messages' })) ?? 'other';
    return t(`why.${known}`);
  };
}

/** Its state, and the reason for it where there is one. */
export function MessageState({ message }: { message: Pick<MessageRow, 'status' | 'errorCode'> }) {
  const reasonOf = useReason();
  return (
    <Stack gap={2} align="flex-start">
      <MessageBadge status={message.status} />
      {message.errorCode && message.status !== 'sent' && (
        <Text size="xs" c="dimmed">
          {reasonOf(message.errorCode)}
        </Text>
      )}
    </Stack>
  );
}
