import { Alert, Anchor, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { EmptyState, QueryState } from '../../components/states';
import { formatNumber, formatTime } from '../../lib/format';
import { useRowKeys } from '../../lib/row-keys';
import { RowReassign } from './row-reassign';
import { formatIn, reconciles, useRows, type Row, type RowsSource } from './rows';

const Opening = createContext<(source: RowsSource) => void>(() => undefined);

/** Opens the rows behind a figure. */
export const useOpenRows = () => useContext(Opening);

/** Below it every figure can be opened; one at a time. */
export function RowsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('reports');
  const [source, setSource] = useState<RowsSource | null>(null);
  const [opened, setOpened] = useState(false);
  const small = useMediaQuery('(max-width: 48em)');
  const open = (next: RowsSource) => {
    setSource(next);
    setOpened(true);
  };
  return (
    <Opening value={open}>
      {children}
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={small ? '100%' : 'lg'}
        title={source?.title}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
      >
        {source && <Rows source={source} />}
      </Drawer>
    </Opening>
  );
}

function addressOf({ type, id, leadId }: Row): string | null {
  if (type === 'cluster') return `/clusters/${id}`;
  if (type === 'firm') return `/firms/${id}`;
  if (type === 'message') return `/messages/${id}`;
  return leadId && `/leads/${leadId}`;
}

function OneRow({ row, source }: { row: Row; source: RowsSource }) {
  const { t } = useTranslation('reports');
  const to = addressOf(row);
  const name = row.name ?? row.reference ?? t('unnamed');
  return (
    <Group
      component="li"
      justify="space-between"
      wrap="nowrap"
      gap="sm"
      py={6}
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {to ? (
          <Anchor component={Link} to={to} data-row>
            {name}
          </Anchor>
        ) : (
          <Text>{name}</Text>
        )}
        {row.reference && row.reference !== name && (
          <Text size="sm" c="dimmed">
            {row.reference}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" flex="none">
        {row.at && <Text size="sm">{formatTime(row.at)}</Text>}
        {row.value !== null && <Text fw={600}>{formatIn(source.unit, row.value)}</Text>}
        {source.reassign && row.type === 'reminder' && <RowReassign id={row.id} name={name} />}
      </Group>
    </Group>
  );
}

/** How many rows, what they add up to, and whether that is what the report said. */
function Sum({ source, page }: { source: RowsSource; page: { total: number; sum?: string | null } }) {
  const { t } = useTranslation('reports');
  const client = useQueryClient();
  const same = reconciles(source, page);
  return (
    <Alert
      role="status"
      color={same ? 'pine' : 'yellow'}
      icon={same ? <IconCheck aria-hidden /> : <IconRefresh aria-hidden />}
      p="xs"
    >
      <Text fw={600}>
        {t('rows.count', { count: page.total, number: formatNumber(page.total) })}
        {page.sum != null && source.unit && ` · ${t('rows.sum', { sum: formatIn(source.unit, page.sum) })}`}
      </Text>
      <Text size="sm">
        {t(same ? 'rows.same' : 'rows.changed')}{' '}
        {!same && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => void client.invalidateQueries({ queryKey: ['report'] })}
          >
            {t('rows.readAgain')}
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}

function Rows({ source }: { source: RowsSource }) {
  const { t } = useTranslation('reports');
  const { query, first, items } = useRows(source);
  const list = useRowKeys<HTMLUListElement>();
  return (
    <QueryState query={{ data: first, error: query.error, refetch: query.refetch }}>
      {(page) => (
        <Stack gap="sm">
          <Sum source={source} page={page} />
          {items?.length === 0 && <EmptyState title={t('rows.none')} text={t('rows.noneText')} />}
          <ul ref={list} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items?.map((row) => (
              <OneRow key={row.id} row={row} source={source} />
            ))}
          </ul>
          {page.total > 0 && <MorePages query={query} shown={items?.length ?? 0} total={page.total} />}
        </Stack>
      )}
    </QueryState>
  );
}
