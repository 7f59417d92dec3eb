import { Center, Loader } from '@mantine/core';
import { Outlet, useRouterState, type ErrorComponentProps } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { EmptyState, ErrorState } from '../components/states';
import { useTranslation } from 'react-i18next';
import { IconMapOff } from '@tabler/icons-react';

export function Pending() {
  const { t } = useTranslation();
  return (
    <Center h="60vh">
      <Loader aria-label={t('loading')} role="status" />
    </Center>
  );
}

/** A new page is announced: focus goes to its title, as a reload would do. */
function useFocusOnNewPage(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && path !== before.current)
      document.getElementById('page-title')?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
}

export function Root() {
  useFocusOnNewPage();
  return (
    <Suspense fallback={<Pending />}>
      <Outlet />
    </Suspense>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return <EmptyState icon={IconMapOff} title={t('notFound.title')} text={t('notFound.text')} />;
}

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error instanceof Error ? error : new Error(String(error))} retry={reset} />;
}
