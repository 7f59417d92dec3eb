import { Anchor, Badge, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../lib/format';
import type { MessageRow } from './message-queries';
import { MessageState } from './message-status';

const nameOf = ({ contact, user, toAddress }: MessageRow): string => contact?.name ?? user?.name ?? toAddress;

/** The mails as a table, or as cards where there is no room for one. */
export function MessagesList({ rows }: { rows: readonly MessageRow[] }) {
  const { t } = useTranslation('messages');
  return (
    <>
      <Table highlightOnHover visibleFrom="md" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {(['subject', 'recipient', 'status', 'when', 'answer'] as const).map((name) => (
              <Table.Th key={name}>{t(`list.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td maw={380}>
                <Subject row={row} />
              </Table.Td>
              <Table.Td>
                <Recipient row={row} />
              </Table.Td>
              <Table.Td>
                <MessageState message={row} />
              </Table.Td>
              <Table.Td>
                <Time row={row} />
              </Table.Td>
              <Table.Td miw={150}>
                <Answer row={row} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack gap="sm" hiddenFrom="md">
        {rows.map((row) => (
          <Card key={row.id} withBorder padding="sm">
            <Stack gap={6}>
              <Subject row={row} />
              <Recipient row={row} />
              <Group justify="space-between" align="flex-start">
                <MessageState message={row} />
                <Time row={row} />
              </Group>
              <Answer row={row} />
            </Stack>
          </Card>
        ))}
      </Stack>
    </>
  );
}

type RowProps = { row: MessageRow };

function Subject({ row }: RowProps) {
  return (
    <Anchor
      component={Link}
      to={`/messages/${row.id}`}
      data-row
      fw={500}
      style={{ overflowWrap: 'anywhere' }}
    >
      {row.subject}
    </Anchor>
  );
}

function Recipient({ row }: RowProps) {
  return (
    <div>
      <Text size="sm">
        {nameOf(row)}
        {row.firm && ` · ${row.firm.name}`}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {row.toAddress}
      </Text>
    </div>
  );
}

function Time({ row }: RowProps) {
  const { t } = useTranslation('messages');
  const words = row.sentAt
    ? t('list.sent', { time: formatTime(row.sentAt) })
    : row.status === 'queued'
      ? t('list.notBefore', { time: formatTime(row.notBefore) })
      : t('list.made', { time: formatTime(row.createdAt) });
  return (
    <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
      {words}
    </Text>
  );
}

function Answer({ row }: RowProps) {
  const { t } = useTranslation('messages');
  if (row.answer)
    return (
      <Badge variant="light" color="blue" tt="none">
        {t(`answer.${row.answer.answer}`, { ns: 'common' })}
      </Badge>
    );
  if (row.audience === 'officer' || row.status !== 'sent') return null;
  return (
    <Text size="sm" c="dimmed">
      {t('list.notAnswered')}
    </Text>
  );
}
