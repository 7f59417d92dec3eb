import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Suspense, type ReactNode } from 'react';
import { LoadingRows } from './states';

interface PageProps {
  title: string;
  /** The one question that the page answers, or what is seen of it. */
  lead?: ReactNode;
  /** The main action first. */
  actions?: ReactNode;
  children: ReactNode;
}

/** Every page's frame: its name, the question it answers, its actions. */
export function Page({ title, lead, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Đồng Hành`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Title order={1} size="h2" tabIndex={-1} id="page-title">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="xs">
            <Suspense>{actions}</Suspense>
          </Group>
        )}
      </Group>
      {/* words that are fetched later keep the name of the page, and the focus on it */}
      <Suspense fallback={<LoadingRows />}>{children}</Suspense>
    </Stack>
  );
}
