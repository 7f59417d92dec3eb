import { Button, Group, Indicator, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FilterText } from '../../components/filter-text';
import { colleaguesQuery } from '../../components/selects';
import { useMe } from '../../lib/session';
import { PipelineFilterChips } from './pipeline-filter-chips';
import { PipelineFilterDrawer } from './pipeline-filter-drawer';
import type { PipelineAddress } from './pipeline-filters';
import { PipelineViews } from './pipeline-views';

const EVERYONE = 'everyone';

function Owner({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const me = useMe();
  const { data } = useQuery(colleaguesQuery);
  const others = (data ?? [])
    .filter(({ id }) => id !== me.id)
    .map(({ id, name }) => ({ value: id, label: name }));
  const owner = address.filters.ownerId;
  return (
    <Select
      aria-label={t('owner')}
      searchable
      allowDeselect={false}
      data={[
        { value: EVERYONE, label: t('owners.everyone') },
        { value: 'me', label: t('owners.me') },
        { value: 'none', label: t('owners.none') },
        ...(others.length > 0 ? [{ group: t('owners.colleagues'), items: others }] : []),
      ]}
      value={owner === me.id ? 'me' : (owner ?? EVERYONE)}
      onChange={(value) => address.set({ ownerId: value === EVERYONE || !value ? undefined : value })}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      style={{ flex: '1 1 140px', maxWidth: 230 }}
    />
  );
}

/** Search, whose, the rest of the filters, and the views kept under a name. */
export function PipelineFilterBar({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const [opened, { open, close }] = useDisclosure(false);
  const count = Object.keys(address.filters).filter((name) => name !== 'q' && name !== 'ownerId').length;
  return (
    <>
      <Group gap="xs">
        <FilterText
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          maxLength={200}
          value={address.filters.q}
          onChange={(q) => address.set({ q })}
          style={{ flex: '1 1 220px', maxWidth: 460 }}
        />
        <Owner address={address} />
        <Indicator label={count} size={18} disabled={count === 0}>
          <Button
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
            onClick={open}
            aria-haspopup="dialog"
          >
            {t('filters')}
          </Button>
        </Indicator>
        <PipelineViews address={address} />
      </Group>
      <PipelineFilterChips address={address} />
      <PipelineFilterDrawer address={address} opened={opened} close={close} />
    </>
  );
}
