import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Fact {
  name: string;
  /** Empty: unknown, and said to be. */
  value: ReactNode;
  wide?: boolean;
}

/** Names and values; what is not known says so. */
export function Facts({
  facts,
  cols = { base: 1, xs: 2, lg: 3 },
}: {
  facts: Fact[];
  cols?: object | number;
}) {
  const { t } = useTranslation();
  return (
    <SimpleGrid component="dl" cols={cols as { base: number }} spacing="lg" verticalSpacing="sm" m={0}>
      {facts.map(({ name, value, wide }) => (
        <div key={name} style={{ minWidth: 0, gridColumn: wide ? '1 / -1' : undefined }}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text
            component="dd"
            m={0}
            c={value ? undefined : 'dimmed'}
            style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}
          >
            {value || t('unknown')}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
