import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { EmptyState, QueryState } from '../../components/states';
import { RequestCard } from './request-card';
import { RequestDialog, type Asked } from './request-dialog';
import { SHOWN, useRequests, type Shown } from './requests';

/** What people asked about their own data, and how long the law still gives. */
export default function RequestsTab() {
  const { t } = useTranslation('data-requests');
  const navigate = useNavigate();
  const asked = useSearch({ from: '/shell/admin' }).shown;
  const shown: Shown = SHOWN.find((one) => one === asked) ?? 'open';
  const { query, items = [], total, isEstimate } = useRequests(shown);
  const [open, setOpen] = useState<Asked | null>(null);
  return (
    <Stack>
      <Text c="dimmed">{t('text')}</Text>
      <SegmentedControl
        aria-label={t('which')}
        value={shown}
        onChange={(value) => void navigate({ to: '/admin', search: { tab: 'requests', shown: value } })}
        data={SHOWN.map((value) => ({ value, label: t(`shown.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <QueryState query={query}>
        {() =>
          items.length === 0 ? (
            <EmptyState icon={IconShieldCheck} title={t(`empty.${shown}`)} text={t('emptyText')} />
          ) : (
            <Stack gap="sm">
              {items.map((request) => (
                <RequestCard key={request.id} request={request} ask={(act) => setOpen({ act, request })} />
              ))}
              <MorePages query={query} shown={items.length} total={total} isEstimate={isEstimate} />
            </Stack>
          )
        }
      </QueryState>
      {open && <RequestDialog asked={open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}
