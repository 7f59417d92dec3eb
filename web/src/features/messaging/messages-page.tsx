import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconMailOff } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { instantOf } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useRowKeys } from '../../lib/row-keys';
import { MESSAGE_STATUSES, type MessageRow, type MessageStatus } from './message-queries';
import { MessagesFilters, type MessageFilters } from './messages-filters';
import { MessagesList } from './messages-list';

const isStatus = (word: string): word is MessageStatus => MESSAGE_STATUSES.some((status) => status === word);
const isDay = (word: string | undefined): word is string => /^\d{4}-\d{2}-\d{2}$/.test(word ?? '');

type Audience = MessageRow['audience'];

/** The filters as the server takes them: mails to investors unless said otherwise; `to` is the last day that counts. */
function toQuery(filters: MessageFilters) {
  const status = filters.status?.split(',').filter(isStatus) ?? [];
  const { q, answered, audience, round, from, to } = filters;
  return {
    ...(q && { q }),
    ...(status.length > 0 && { status }),
    ...((answered === 'true' || answered === 'false') && { answered: answered === 'true' }),
    ...(audience !== 'all' && { audience: [audience === 'officer' ? audience : 'investor'] as Audience[] }),
    ...(round && { roundId: [round] }),
    ...(isDay(from) && { from: instantOf(from, '00:00') }),
    ...(isDay(to) && { to: instantOf(dayjs(to).add(1, 'day').format('YYYY-MM-DD'), '00:00') }),
  };
}

/** Which mails reached the investors, and which need a look? */
export function MessagesPage() {
  const { t } = useTranslation('messages');
  const filters: MessageFilters = useSearch({ from: '/shell/messages' });
  const navigate = useNavigate({ from: '/messages' });
  const query = toQuery(filters);
  const {
    query: list,
    items,
    total,
    isEstimate,
  } = usePages<MessageRow>(['message', 'list', query], (cursor, signal) =>
    take(
      api.GET('/api/v1/messages', {
        signal,
        params: { query: { limit: 50, ...query, ...(cursor && { cursor }) } },
      }),
    ),
  );
  const keyed = useRowKeys<HTMLDivElement>();
  const filtered = Object.values(filters).some(Boolean);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <MessagesFilters
        filters={filters}
        onChange={(changed) =>
          void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
        }
      />
      <QueryState query={{ ...list, data: items }} loading={<LoadingRows rows={8} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              icon={IconMailOff}
              title={t(filtered ? 'list.emptyFiltered' : 'list.empty')}
              text={filtered ? undefined : t('list.emptyText')}
            />
          ) : (
            <div ref={keyed}>
              <MessagesList rows={rows} />
              <MorePages shown={rows.length} total={total} isEstimate={isEstimate} query={list} />
            </div>
          )
        }
      </QueryState>
    </Page>
  );
}
