import {
  Alert,
  Anchor,
  AppShell,
  Badge,
  Burger,
  Group,
  Image,
  NavLink,
  ScrollArea,
  Text,
} from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import {
  Link,
  Outlet,
  redirect,
  useRouter,
  useRouterState,
  type ParsedLocation,
} from '@tanstack/react-router';
import { IconCloudOff } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../components/states';
import { useLive } from '../lib/live';
import { queryClient } from '../lib/query-client';
import { meQuery, useMe } from '../lib/session';
import { Finder } from './finder';
import { PLACES } from './navigation';
import { PersonMenu } from './person-menu';
import { Shortcuts } from './shortcuts';
import { WaitingMails } from './waiting-mails';

/** Before any page of the signed-in part: whoever has no session signs in first and comes back. */
export async function admit({ location }: { location: ParsedLocation }): Promise<void> {
  const me = await queryClient.ensureQueryData(meQuery);
  const next = location.href === '/' ? undefined : location.href;
  if (!me) throw redirect({ to: '/sign-in', search: { next }, replace: true });
  if (me.mustChangePassword && location.pathname !== '/change-password')
    throw redirect({ to: '/change-password', replace: true });
}

/** A session that ends while the page is open leads to the sign-in page, once. */
function useLeaveWithoutSession(signedOut: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (signedOut) void router.invalidate();
  }, [router, signedOut]);
}

export function Shell() {
  const { data: me, isPending } = useQuery(meQuery);
  useLeaveWithoutSession(!isPending && !me);
  if (!me) return <LoadingRows />;
  // with a password that someone else knows nothing opens but the page that changes it
  return me.mustChangePassword ? <Outlet /> : <Desk />;
}

function SkipLink() {
  const { t } = useTranslation();
  return (
    <Anchor href="#main" className="skip-link">
      {t('skip')}
    </Anchor>
  );
}

function Menu({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = PLACES.filter(({ needs }) => !needs || me.permissions.includes(needs));
  return places.map(({ to, name, icon: Symbol, counted }) => {
    const here = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={t(`nav.${name}`)}
        leftSection={<Symbol size={20} stroke={1.6} aria-hidden />}
        rightSection={counted && <WaitingMails />}
        active={here}
        aria-current={here ? 'page' : undefined}
        onClick={close}
        style={{ borderRadius: 'var(--mantine-radius-md)' }}
      />
    );
  });
}

function Desk() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure(false);
  const live = useLive();
  useEffect(() => {
    if (!localStorage.getItem('language') && me.language) void i18n.changeLanguage(me.language);
  }, [i18n, me.language]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('nav.menu')}
              aria-expanded={opened}
            />
            <Anchor component={Link} to="/" underline="never" c="var(--mantine-color-text)">
              <Group gap={8} wrap="nowrap">
                <Image src="/app/icon.svg" alt="" w={28} h={28} />
                <Text fw={700}>Đồng Hành</Text>
              </Group>
            </Anchor>
            {!live && (
              <Badge color="yellow" variant="light" visibleFrom="sm" role="status">
                {t('liveAway')}
              </Badge>
            )}
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Finder />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" component="nav" aria-label={t('nav.menu')}>
        <AppShell.Section grow component={ScrollArea}>
          <Menu close={close} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
        <Offline />
        <Suspense fallback={<LoadingRows />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Shortcuts />
    </AppShell>
  );
}

/** The device has no network: said once, above everything, while it lasts. */
function Offline() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="yellow" icon={<IconCloudOff />} mb="md" role="alert" title={t('offline.title')}>
      {t('offline.text')}
    </Alert>
  );
}
