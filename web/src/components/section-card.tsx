import type { ReactNode } from 'react';
import { Card, Group, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

interface Props {
  /** Names the section for whoever does not see it; unique on the page. */
  id: string;
  icon: Icon;
  title: string;
  /** The section's main action, where the person may do it. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of a page under its own heading. */
export function SectionCard({ id, icon: Picture, title, action, children }: Props) {
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Group justify="space-between" mb="sm">
        <Group gap="xs">
          <Picture size={20} aria-hidden />
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
        </Group>
        {action}
      </Group>
      {children}
    </Card>
  );
}
