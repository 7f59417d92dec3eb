import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCloudOff, IconMoodEmpty, IconAlertTriangle, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Unreachable } from '../lib/problem';

/** Keeps the place of rows that are on their way, so that nothing jumps. */
export function LoadingRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} />
      ))}
    </Stack>
  );
}

interface EmptyProps {
  title: string;
  text?: ReactNode;
  icon?: Icon;
  action?: ReactNode;
}

/** Nothing to show, why, and what can be done about it. */
export function EmptyState({ title, text, icon: Symbol = IconMoodEmpty, action }: EmptyProps) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="sm" maw={440}>
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          <Symbol size={30} stroke={1.5} />
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        {text && (
          <Text c="dimmed" ta="center" component="div">
            {text}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** What went wrong, plainly, and the way to try again. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTranslation();
  const away = error instanceof Unreachable;
  return (
    <Alert
      role="alert"
      color={away ? 'yellow' : 'red'}
      icon={away ? <IconCloudOff /> : <IconAlertTriangle />}
      title={away ? t('unreachable.title') : t('failed.title')}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{away ? t('unreachable.text') : error.message}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface QueryStateProps<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Loading, failed, or the data: old data stays while new is on its way. */
export function QueryState<T>({ query, loading, children }: QueryStateProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <>{loading ?? <LoadingRows />}</>;
}
