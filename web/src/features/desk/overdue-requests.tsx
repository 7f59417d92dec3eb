import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { formatNumber } from '../../lib/format';
import { useMay } from '../../lib/session';

/** For whoever answers for them: requests about personal data whose time by law has run out. Nothing otherwise. */
export function OverdueRequests() {
  const { t } = useTranslation('data-requests');
  const may = useMay('data_request.read');
  const query = useQuery({
    queryKey: ['data_request', 'overdue'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/data-requests', { signal, params: { query: { due: 'overdue', limit: 1 } } })),
    enabled: may,
  });
  const count = query.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="red" icon={<IconShieldExclamation aria-hidden />} mb="md">
      {t('todayOverdue', { count, number: formatNumber(count) })}{' '}
      <Anchor
        inherit
        renderRoot={(props) => <Link {...props} to="/admin" search={{ tab: 'requests', shown: 'overdue' }} />}
      >
        {t('todayOpen')}
      </Anchor>
    </Alert>
  );
}
