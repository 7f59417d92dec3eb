import { Button, Group, Indicator, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '../../components/selects';
import { useMe } from '../../lib/session';
import { PipelineFilterChips } from './pipeline-filter-chips';
import { PipelineFilterDrawer } from './pipeline-filter-drawer';
import type { PipelineAddress } from './pipeline-filters';
import { PipelineViews } from './pipeline-views';

/** Typed text goes into the address a moment later; what the address says elsewhere comes back. */
function Search({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  const given = address.filters.q ?? '';
  const [typed, setTyped] = useState(given);
  const told = useRef(given);
  useEffect(() => {
    if (given !== told.current) setTyped(given);
    told.current = given;
  }, [given]);
  const tell = useDebouncedCallback((q: string) => {
    told.current = q.trim();
    address.set({ q: q.trim() || undefined });
  }, 300);
  return (
    <TextInput
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
      style={{ flex: '1 1 220px', maxWidth: 460 }}
    />
  );
}

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
        <Search address={address} />
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
