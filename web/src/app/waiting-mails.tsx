import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '../lib/api';
import { formatNumber } from '../lib/format';

/** How many mails came in that nothing assigned to a lead; nothing when there is none. */
export function WaitingMails() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['inbound_mail', 'waiting'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/inbound-mails', { signal, params: { query: { state: ['unmatched'], limit: 1 } } }),
      ),
  });
  if (!data || data.total === 0) return null;
  return (
    <Badge size="sm" variant="light" aria-label={t('nav.inboxWaiting', { number: formatNumber(data.total) })}>
      {formatNumber(data.total)}
    </Badge>
  );
}
