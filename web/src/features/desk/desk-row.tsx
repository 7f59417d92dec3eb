import { Anchor, Flex, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface DeskRowProps {
  /** Unique on the page. */
  id: string;
  lead: { id: string; reference: string };
  firm: { name: string };
  /** Why it is here. */
  why: ReactNode;
  /** How late, when, whose. */
  when: ReactNode;
  actions: ReactNode;
  late?: boolean;
}

/** One thing to do: whom it is about, why, how late, and what to press. */
export function DeskRow({ id, lead, firm, why, when, actions, late }: DeskRowProps) {
  return (
    <Paper
      component="li"
      withBorder
      p="sm"
      data-act-row={id}
      tabIndex={-1}
      style={late ? { borderInlineStart: '4px solid var(--mantine-color-red-7)' } : undefined}
    >
      <Flex
        direction={{ base: 'column', sm: 'row' }}
        gap="sm"
        justify="space-between"
        align={{ base: 'stretch', sm: 'center' }}
      >
        <Stack gap={2} miw={0} flex={1}>
          <Anchor component={Link} to={`/leads/${lead.id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {firm.name}
          </Anchor>
          <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
            {why}
          </Text>
          <Text size="sm" c="dimmed" component="div">
            {when}
          </Text>
        </Stack>
        <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
          {actions}
        </Group>
      </Flex>
    </Paper>
  );
}

/** What is late, strong and readable. */
export function Late({ children }: { children: ReactNode }) {
  return (
    <Text span inherit fw={600} c="var(--mantine-color-error)">
      {children}
    </Text>
  );
}
