import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  onDiscard: () => void;
}

/** Saving stays within reach while something long is written. */
export function SaveBar({ dirty, saving, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <Group
      py="sm"
      gap="sm"
      pos="sticky"
      bottom={0}
      bg="var(--mantine-color-body)"
      style={{ borderTop: '1px solid var(--mantine-color-default-border)', zIndex: 3 }}
    >
      <Button type="submit" loading={saving} disabled={!dirty}>
        {t('save')}
      </Button>
      {dirty && (
        <Button variant="subtle" onClick={onDiscard}>
          {t('saving.discard')}
        </Button>
      )}
      <Text size="sm" c="dimmed" aria-live="polite">
        {t(dirty ? 'saving.unsaved' : 'saving.allSaved')}
      </Text>
    </Group>
  );
}
