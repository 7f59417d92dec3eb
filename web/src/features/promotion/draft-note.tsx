import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Says quietly that what was typed before is back, and offers to drop it. */
export function DraftNote({ restored, discard }: { restored: boolean; discard: () => void }) {
  const { t } = useTranslation();
  if (!restored) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('draftRestored')}
      </Text>
      <Button size="compact-sm" variant="subtle" onClick={discard}>
        {t('discardDraft')}
      </Button>
    </Group>
  );
}
