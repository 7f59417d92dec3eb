import { Badge, Group, Stack, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { formatNumber } from '../../lib/format';

interface DeskSectionProps {
  title: string;
  /** As text when there may be more. */
  count: number | string;
  urgent?: boolean;
  children: ReactNode;
}

/** A list of the page with its name and number. */
export function DeskSection({ title, count, urgent, children }: DeskSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group gap="xs" mb="xs">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <Badge color={urgent ? 'red.9' : 'gray'} variant={urgent ? 'filled' : 'default'} tt="none">
          {typeof count === 'number' ? formatNumber(count) : count}
        </Badge>
      </Group>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {children}
      </Stack>
    </section>
  );
}
