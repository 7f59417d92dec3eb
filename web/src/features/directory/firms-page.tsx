import { Button, Kbd } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { useAskedNew } from '../../lib/asked-new';
import { useMay } from '../../lib/session';
import { FirmDialog } from './firm-dialog';
import { FirmFilters } from './firm-filters';
import { FirmList } from './firm-list';

export function FirmsPage() {
  const { t } = useTranslation('firms');
  const mayWrite = useMay('firm.write');
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys(mayWrite ? [['n', open]] : []);
  useAskedNew(open);
  const create = mayWrite && (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      rightSection={
        <Kbd size="xs" visibleFrom="sm" aria-hidden>
          n
        </Kbd>
      }
      onClick={open}
    >
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('subtitle')} actions={create}>
      <FirmFilters />
      <FirmList create={open} mayCreate={mayWrite} />
      <FirmDialog
        opened={opened}
        close={close}
        firm={null}
        onSaved={({ id }) => void navigate({ to: '/firms/$firmId', params: { firmId: id } })}
      />
    </Page>
  );
}
