import { Anchor, Button, Collapse, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterPick } from '../../components/filter-choice';
import { FilterText } from '../../components/filter-text';
import { MorePages } from '../../components/more';
import { colleaguesQuery } from '../../components/selects';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatTime } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useAuditWords, type Entry } from './audit-words';

/** What is recorded, the most asked for first. */
const TABLES = [
  'lead',
  'firm',
  'contact',
  'consent',
  'cluster',
  'cluster_milestone',
  'cluster_fact',
  'promotion_round',
  'promotion_event',
  'follow_up_plan',
  'follow_up_plan_version',
  'follow_up_step',
  'template',
  'template_text',
  'target',
  'target_value',
  'pipeline_stage',
  'calendar_exception',
  'app_user',
  'api_key',
  'saved_view',
];

interface Filters {
  table?: string;
  actorId?: string;
  q?: string;
}

/** Who changed what, and when. */
export default function AuditTab() {
  const { t } = useTranslation('audit');
  const navigate = useNavigate();
  const { table, actorId, q } = useSearch({ from: '/shell/admin' });
  const filters: Filters = { table, actorId, q };
  const change = (part: Filters) =>
    void navigate({ to: '/admin', search: { tab: 'audit', ...filters, ...part }, replace: true });
  const { query, items, total, isEstimate } = usePages(['audit', table, actorId, q], (cursor, signal) =>
    take(api.GET('/api/v1/audit', { signal, params: { query: { limit: 50, cursor, table, actorId, q } } })),
  );
  return (
    <Stack>
      <FilterBar filters={filters} onChange={change} />
      {query.error && !items ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : !items ? (
        <LoadingRows rows={8} height={64} />
      ) : items.length === 0 ? (
        <EmptyState title={t('empty')} text={t('emptyText')} />
      ) : (
        <>
          <Stack gap="xs">
            {items.map((entry) => (
              <EntryCard key={entry.id} entry={entry} />
            ))}
          </Stack>
          <MorePages shown={items.length} total={total} isEstimate={isEstimate} query={query} />
        </>
      )}
    </Stack>
  );
}

interface FilterProps {
  filters: Filters;
  onChange: (part: Filters) => void;
}

function FilterBar({ filters, onChange }: FilterProps) {
  const { t } = useTranslation('audit');
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  return (
    <Group align="flex-end" gap="sm">
      <FilterText
        flex="1 1 220px"
        label={t('search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filters.q}
        maxLength={100}
        onChange={(q) => onChange({ q })}
      />
      <FilterPick
        flex="1 1 200px"
        label={t('what')}
        clearLabel={t('clearWhat')}
        searchable
        data={TABLES.map((value) => ({ value, label: t(`table.${value}`) }))}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        value={filters.table}
        onChange={(table) => onChange({ table })}
      />
      <FilterPick
        flex="1 1 200px"
        label={t('who')}
        clearLabel={t('clearWho')}
        searchable
        data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        value={filters.actorId}
        onChange={(actorId) => onChange({ actorId })}
      />
    </Group>
  );
}

/** More changed fields than this are shown on demand. */
const SHOWN = 4;

function EntryCard({ entry }: { entry: Entry }) {
  const { t } = useTranslation('audit');
  const words = useAuditWords();
  const [open, setOpen] = useState(false);
  const lines = words.lines(entry);
  const title = words.title(entry);
  const short = entry.action === 'update' && lines.length <= SHOWN;
  const what = t(`action.${entry.action}`, { what: words.subject(entry) });
  return (
    <Paper withBorder p="sm" component="article" aria-label={what}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Text fw={600}>
            {what}
            {title && entry.action !== 'update' && `: ${title}`}
          </Text>
          <Text size="sm" c="dimmed">
            {words.actor(entry)} · <time dateTime={entry.at}>{formatTime(entry.at)}</time>
            <OpenLink entry={entry} what={words.subject(entry)} />
          </Text>
        </div>
        {!short && lines.length > 0 && (
          <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'hide' : 'show', { count: lines.length })}
          </Button>
        )}
      </Group>
      {short && <Changes lines={lines} action={entry.action} />}
      {!short && (
        <Collapse expanded={open}>{open && <Changes lines={lines} action={entry.action} />}</Collapse>
      )}
    </Paper>
  );
}

/** Where the things of a table have a page. */
const PAGES: Record<string, string> = {
  lead: '/leads/',
  firm: '/firms/',
  cluster: '/clusters/',
  promotion_round: '/rounds/',
  follow_up_plan: '/plans/',
  template: '/templates/',
};

function OpenLink({ entry, what }: { entry: Entry; what: string }) {
  const { t } = useTranslation('audit');
  const page = PAGES[entry.table];
  if (!page || entry.action === 'delete') return null;
  return (
    <>
      {' · '}
      <Anchor
        component={Link}
        to={`${page}${entry.rowId}`}
        inherit
        underline="always"
        aria-label={t('openThis', { what })}
      >
        {t('open')}
      </Anchor>
    </>
  );
}

interface ChangesProps {
  lines: ReturnType<ReturnType<typeof useAuditWords>['lines']>;
  action: string;
}

/** Before and after side by side; what was new has no before, what is gone no after. */
function Changes({ lines, action }: ChangesProps) {
  const { t } = useTranslation('audit');
  if (lines.length === 0) return null;
  const cell = { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', verticalAlign: 'top' } as const;
  return (
    <Table mt="xs" layout="fixed" fz="sm" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field_name')}</Table.Th>
          {action !== 'insert' && <Table.Th>{t('before')}</Table.Th>}
          {action !== 'delete' && <Table.Th>{t('after')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ field, before, after }, index) => (
          <Table.Tr key={index}>
            <Table.Th scope="row" fw={500} style={cell}>
              {field}
            </Table.Th>
            {action !== 'insert' && <Table.Td style={cell}>{before}</Table.Td>}
            {action !== 'delete' && <Table.Td style={cell}>{after}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
