import { ActionIcon, Button, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { PLACES } from './navigation';
import { useSignOut } from './person-menu';
import { openShortcuts } from './shortcuts';

const Finding = lazy(() => import('../features/desk/finding'));

/** ⌘K: anything by its name, and the common actions; loaded when first asked for. */
export function Finder() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(0);
  const signOut = useSignOut();
  const open = () => setAsked((times) => times + 1);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <Button
        variant="default"
        visibleFrom="sm"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            ⌘K
          </Kbd>
        }
        onClick={open}
      >
        {t('find')}
      </Button>
      <ActionIcon variant="default" size="lg" hiddenFrom="sm" aria-label={t('find')} onClick={open}>
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      {asked > 0 && (
        <Suspense>
          <Finding asked={asked} places={PLACES} signOut={signOut.mutate} showKeys={openShortcuts} />
        </Suspense>
      )}
    </>
  );
}
