import { Button, Kbd, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

const Finding = lazy(() => import('../features/desk/finding'));

/** ⌘K: anything by its name, and the common actions; loaded when first asked for. */
export function Finder() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(0);
  const open = () => setAsked((times) => times + 1);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">⌘K</Kbd>}
        onClick={open}
        aria-label={t('find')}
        styles={{ section: { marginInlineStart: 4 } }}
      >
        <Text size="sm" visibleFrom="sm">
          {t('find')}
        </Text>
      </Button>
      {asked > 0 && (
        <Suspense>
          <Finding asked={asked} />
        </Suspense>
      )}
    </>
  );
}
