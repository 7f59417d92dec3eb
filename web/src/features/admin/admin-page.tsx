import { Anchor, Tabs } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows } from '../../components/states';
import { useMay, useMe } from '../../lib/session';

/** Each part with the action that one must be allowed, and its own file. */
const PARTS = [
  { name: 'users', needs: 'user.read', Part: lazy(() => import('./users-tab')) },
  { name: 'agency', needs: 'agency.write', Part: lazy(() => import('./agency-tab')) },
  { name: 'incentives', needs: 'incentive.write', Part: lazy(() => import('./incentives-tab')) },
  { name: 'calendar', needs: 'calendar.write', Part: lazy(() => import('./calendar-tab')) },
  { name: 'pipelines', needs: 'pipeline.write', Part: lazy(() => import('./pipelines-tab')) },
  { name: 'health', needs: 'queue.read', Part: lazy(() => import('./health-tab')) },
  { name: 'requests', needs: 'data_request.read', Part: lazy(() => import('./requests-tab')) },
  { name: 'audit', needs: 'audit.read', Part: lazy(() => import('./audit-tab')) },
  { name: 'keys', needs: 'api_key.read', Part: lazy(() => import('./keys-tab')) },
] as const;

/** What only some may see or change; the part that is open stands in the address. */
export function AdminPage() {
  const { t } = useTranslation('admin');
  const { permissions } = useMe();
  const { tab } = useSearch({ from: '/shell/admin' });
  const navigate = useNavigate();
  const mayWrite = useMay('user.write');
  const parts = PARTS.filter(({ needs }) => permissions.includes(needs));
  const open = parts.find(({ name }) => name === tab) ?? parts[0];
  if (!open)
    return (
      <Page title={t('page')}>
        <EmptyState title={t('notAllowed')} text={t('notAllowedText')} />
      </Page>
    );
  return (
    <Page
      title={t('page')}
      lead={
        mayWrite && (
          <Anchor component={Link} to="/first-steps" size="sm">
            {t('firstSteps')}
          </Anchor>
        )
      }
    >
      <Tabs
        value={open.name}
        keepMounted={false}
        onChange={(name) => name && void navigate({ to: '/admin', search: { tab: name } })}
      >
        <Tabs.List mb="lg">
          {parts.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={open.name}>
          <Suspense fallback={<LoadingRows />}>
            <open.Part />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
