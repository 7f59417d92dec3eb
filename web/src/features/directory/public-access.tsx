import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { wordsHere } from '../../components/translated';
import { api, ifMatch, take } from '../../lib/api';
import { formatDay, formatNumber } from '../../lib/format';
import { useMay } from '../../lib/session';
import { AccessDialog } from './access-dialog';
import { moved, type Access } from './land-queries';

function useAccessActs(clusterId: string) {
  const { t } = useTranslation('cluster-public');
  const client = useQueryClient();
  const path = { params: { path: { id: clusterId } } };
  const settled = {
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['cluster'] }),
  };
  const order = useMutation({
    mutationFn: (ids: string[]) =>
      take(api.PUT('/api/v1/clusters/{id}/access-order', { ...path, body: { ids } })),
    ...settled,
  });
  const restore = useMutation({
    mutationFn: ({ kind, name, distanceKm, note, source, asOf }: Access) =>
      take(
        api.POST('/api/v1/clusters/{id}/access', {
          ...path,
          body: { kind, name, distanceKm, note, source, asOf },
        }),
      ),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: ({ id, version }: Access) =>
      take(
        api.DELETE('/api/v1/clusters/{id}/access/{accessId}', {
          params: { path: { id: clusterId, accessId: id } },
          headers: ifMatch(version),
        }),
      ),
    onSuccess: (_, access) =>
      tellDone(t('access.removed', { name: wordsHere(access.name) }), () => restore.mutate(access)),
    ...settled,
  });
  return { order: order.mutate, remove: remove.mutate };
}

/** Border gates, roads and stations, as far as a source says how far they are. */
export function PublicAccess({ clusterId, items }: { clusterId: string; items: Access[] }) {
  const { t } = useTranslation('cluster-public');
  const mayWrite = useMay('cluster.write');
  const [editing, setEditing] = useState<Access | 'new' | null>(null);
  const acts = useAccessActs(clusterId);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t('access.title')}
        </Title>
        {mayWrite && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEditing('new')}
          >
            {t('access.add')}
          </Button>
        )}
      </Group>
      {items.length === 0 && <Text c="dimmed">{t('access.none')}</Text>}
      {items.map((access, index) => (
        <Group key={access.id} justify="space-between" align="start" gap={4}>
          <AccessLine access={access} />
          {mayWrite && (
            <AccessActs
              access={access}
              edit={() => setEditing(access)}
              remove={() => acts.remove(access)}
              up={index > 0 && (() => acts.order(moved(items, index, -1)))}
              down={index < items.length - 1 && (() => acts.order(moved(items, index, 1)))}
            />
          )}
        </Group>
      ))}
      {editing && (
        <AccessDialog
          clusterId={clusterId}
          access={editing === 'new' ? null : editing}
          close={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}

interface AccessActsProps {
  access: Access;
  edit: () => void;
  remove: () => void;
  /** False at the end of the list. */
  up: false | (() => void);
  down: false | (() => void);
}

function AccessActs({ access, edit, remove, up, down }: AccessActsProps) {
  const { t } = useTranslation('cluster-public');
  const name = wordsHere(access.name);
  return (
    <Group gap={4} wrap="nowrap">
      <Act label={t('up', { name })} onClick={up} Symbol={IconArrowUp} />
      <Act label={t('down', { name })} onClick={down} Symbol={IconArrowDown} />
      <Act label={t('editNamed', { name })} onClick={edit} Symbol={IconPencil} />
      <Act label={t('removeNamed', { name })} onClick={remove} Symbol={IconTrash} />
    </Group>
  );
}

interface ActProps {
  label: string;
  /** False: not now. */
  onClick: false | (() => void);
  Symbol: typeof IconPencil;
}

/** A small button that is only a symbol; its words are for who hears the page, and for the pointer. */
export function Act({ label, onClick, Symbol }: ActProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      disabled={!onClick}
      onClick={onClick || undefined}
    >
      <Symbol size={18} aria-hidden />
    </ActionIcon>
  );
}

function AccessLine({ access }: { access: Access }) {
  const { t } = useTranslation('cluster-public');
  const { kind, name, distanceKm, source, asOf, note } = access;
  return (
    <div>
      <Text fw={600}>
        {wordsHere(name)}
        <Text span c="dimmed" fw={400}>
          {' '}
          · {t(`access.kind.${kind}`)} ·{' '}
          {distanceKm === null ? t('access.unknownDistance') : `${formatNumber(distanceKm)} km`}
        </Text>
      </Text>
      {note && <Text size="sm">{wordsHere(note)}</Text>}
      <Text size="sm" c="dimmed">
        {source}
        {asOf && ` · ${formatDay(asOf)}`}
      </Text>
    </div>
  );
}
