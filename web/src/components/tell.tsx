import { Button, Group, Text } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import i18n from 'i18next';
import { Unreachable } from '../lib/problem';

let count = 0;
const latest = new Map<string, string>();

/**
 * Says that something is done; with `undo` it can be taken back for ten seconds. What is told under the same `topic`
 * takes the place of what was told before, so that many quick changes do not pile up.
 */
export function tellDone(message: string, undo?: () => void, topic?: string): void {
  const id = `done-${(count += 1)}`;
  if (topic) {
    hideNotification(latest.get(topic) ?? '');
    latest.set(topic, id);
  }
  showNotification({
    id,
    color: 'pine',
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: undo ? 10_000 : 4000,
    closeButtonProps: { 'aria-label': i18n.t('close') },
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          flex="none"
          onClick={() => {
            hideNotification(id);
            undo();
          }}
        >
          {i18n.t('undo')}
        </Button>
      </Group>
    ) : (
      message
    ),
  });
}

/** Says why something was not done, in the server's words. */
export function tellFailure(error: unknown): void {
  const away = error instanceof Unreachable;
  showNotification({
    color: away ? 'yellow' : 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': i18n.t('close') },
    styles: { description: { color: 'var(--mantine-color-text)' } },
    title: away ? i18n.t('unreachable.title') : i18n.t('notDone'),
    message: away ? i18n.t('unreachable.kept') : error instanceof Error ? error.message : String(error),
  });
}
