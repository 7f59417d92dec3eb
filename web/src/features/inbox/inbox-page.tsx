import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FilterPick } from '../../components/filter-choice';
import { FilterText } from '../../components/filter-text';
import { MorePages } from '../../components/more';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { usePages } from '../../lib/pages';
import { useRowKeys } from '../../lib/row-keys';
import { InboxList } from './inbox-list';
import { KINDS, STATES, type InboundKind, type InboundMail, type InboundState } from './inbox-queries';

interface InboxFilters {
  q?: string;
  state?: string;
  kind?: string;
}

/** What waits for a person unless something else is asked for. */
const stateOf = ({ state }: InboxFilters): InboundState | 'all' =>
  state === 'all' ? 'all' : (STATES.find((one) => one === state) ?? 'unmatched');

/** What came in by mail, and whose is it? */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const filters: InboxFilters = useSearch({ from: '/shell/inbox' });
  const navigate = useNavigate({ from: '/inbox' });
  const change = (changed: InboxFilters) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const state = stateOf(filters);
  const kind = KINDS.find((one): one is InboundKind => one === filters.kind);
  const query = {
    ...(filters.q && { q: filters.q }),
    ...(state !== 'all' && { state: [state] }),
    ...(kind && { kind: [kind] }),
  };
  const {
    query: list,
    items,
    total,
    isEstimate,
  } = usePages<InboundMail>(['inbound_mail', 'list', query], (cursor, signal) =>
    take(
      api.GET('/api/v1/inbound-mails', {
        signal,
        params: { query: { limit: 50, ...query, ...(cursor && { cursor }) } },
      }),
    ),
  );
  const keyed = useRowKeys<HTMLDivElement>();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Filters filters={{ ...filters, state, kind }} onChange={change} />
      <QueryState query={{ ...list, data: items }} loading={<LoadingRows rows={8} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              icon={IconInbox}
              title={t(filters.q || kind ? 'empty.filtered' : `empty.${state}`)}
              text={state === 'unmatched' && !filters.q && !kind ? t('empty.unmatchedText') : undefined}
            />
          ) : (
            <div ref={keyed}>
              <InboxList rows={rows} />
              <MorePages shown={rows.length} total={total} isEstimate={isEstimate} query={list} />
            </div>
          )
        }
      </QueryState>
    </Page>
  );
}

function Filters({
  filters,
  onChange,
}: {
  filters: InboxFilters;
  onChange: (changed: InboxFilters) => void;
}) {
  const { t } = useTranslation('inbox');
  return (
    <Stack gap="sm" role="search" aria-label={t('filters.label')}>
      <SegmentedControl
        aria-label={t('filters.state')}
        orientation="horizontal"
        style={{ alignSelf: 'flex-start', maxWidth: '100%', flexWrap: 'wrap' }}
        data={[...STATES, 'all' as const].map((value) => ({ value, label: t(`state.${value}`) }))}
        value={filters.state}
        onChange={(value) => onChange({ state: value === 'unmatched' ? undefined : value })}
      />
      <Group gap="sm" align="flex-end" grow preventGrowOverflow={false} maw={640}>
        <FilterText
          type="search"
          label={t('filters.q')}
          leftSection={<IconSearch size={16} aria-hidden />}
          maxLength={200}
          value={filters.q}
          onChange={(q) => onChange({ q })}
        />
        <FilterPick
          label={t('filters.kind')}
          clearLabel={t('filters.clear')}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={filters.kind}
          onChange={(kind) => onChange({ kind })}
        />
      </Group>
    </Stack>
  );
}
