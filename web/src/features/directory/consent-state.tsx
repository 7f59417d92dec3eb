import { Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from './directory-queries';

const SYMBOLS = {
  given: { icon: IconCircleCheck, color: 'var(--mantine-color-anchor)' },
  withdrawn: { icon: IconCircleX, color: 'var(--mantine-color-error)' },
  none: { icon: IconCircleDashed, color: 'var(--mantine-color-dimmed)' },
};

/** May promotion mail be sent to a person? In words and by shape. */
export function ConsentState({ state }: { state: Contact['consent'] }) {
  const { t } = useTranslation('consents');
  const { icon: Symbol, color } = SYMBOLS[state];
  return (
    <Group gap={6} wrap="nowrap">
      <Symbol size={18} color={color} aria-hidden style={{ flexShrink: 0 }} />
      <Text size="sm">{t(`state.${state}`)}</Text>
    </Group>
  );
}
