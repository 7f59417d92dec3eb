import { Anchor, Badge, Card, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatTime } from '../../lib/format';
import { writerOf, type InboundMail } from './inbox-queries';

type RowProps = { row: InboundMail };

/** The mails as a table, or as cards where there is no room for one. */
export function InboxList({ rows }: { rows: readonly InboundMail[] }) {
  const { t } = useTranslation('inbox');
  return (
    <>
      <Table highlightOnHover visibleFrom="md" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {(['mail', 'from', 'kind', 'lead', 'when'] as const).map((name) => (
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
              <Table.Td maw={240}>
                <Writer row={row} />
              </Table.Td>
              <Table.Td>
                <KindBadge row={row} />
              </Table.Td>
              <Table.Td>
                <LeadLink row={row} />
              </Table.Td>
              <Table.Td>
                <Time row={row} />
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
              <Writer row={row} />
              <Group justify="space-between" align="flex-start">
                <KindBadge row={row} />
                <Time row={row} />
              </Group>
              <LeadLink row={row} />
            </Stack>
          </Card>
        ))}
      </Stack>
    </>
  );
}

function Subject({ row }: RowProps) {
  const { t } = useTranslation('inbox');
  return (
    <>
      <Anchor component={Link} to={`/inbox/${row.id}`} data-row fw={500} style={{ overflowWrap: 'anywhere' }}>
        {row.subject || t('noSubject')}
      </Anchor>
      {row.excerpt && (
        <Text size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
          {row.excerpt}
        </Text>
      )}
    </>
  );
}

function Writer({ row }: RowProps) {
  const { t } = useTranslation('inbox');
  return (
    <div>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {writerOf(row) || t('forgotten')}
      </Text>
      {row.fromName && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {row.fromAddress}
        </Text>
      )}
      {row.otherAddress && (
        <Text size="xs" c="dimmed">
          {t('otherAddress')}
        </Text>
      )}
    </div>
  );
}

const COLORS: Partial<Record<InboundMail['kind'], string>> = {
  reply: 'blue',
  unsubscribe_request: 'orange',
  bounce_hard: 'red',
};

/** What it is, and how many files came with it. */
export function KindBadge({ row }: RowProps) {
  const { t } = useTranslation('inbox');
  return (
    <Group gap={6} wrap="nowrap">
      <Badge variant="light" tt="none" color={COLORS[row.kind] ?? 'gray'}>
        {t(`kind.${row.kind}`)}
      </Badge>
      {row.attachments > 0 && (
        <Group gap={2} wrap="nowrap">
          <IconPaperclip size={14} aria-hidden />
          <Text size="xs" aria-label={t('list.files', { number: formatNumber(row.attachments) })} role="img">
            {formatNumber(row.attachments)}
          </Text>
        </Group>
      )}
    </Group>
  );
}

function LeadLink({ row }: RowProps) {
  const { t } = useTranslation('inbox');
  if (row.lead)
    return (
      <Anchor component={Link} to={`/leads/${row.lead.id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {row.lead.firm.name}
      </Anchor>
    );
  return (
    <Text size="sm" c="dimmed">
      {row.contact?.name ?? t(`state.${row.state}`)}
    </Text>
  );
}

function Time({ row }: RowProps) {
  return (
    <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
      {formatTime(row.receivedAt)}
    </Text>
  );
}
