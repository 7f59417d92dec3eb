import { Alert, Anchor, Box, Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { wordsHere } from '../../components/translated';
import { api, ifMatch, take } from '../../lib/api';
import { formatDay, formatNumber } from '../../lib/format';
import { useMay } from '../../lib/session';
import { DocumentDialog } from './document-dialog';
import type { Cluster } from './directory-queries';
import { landQuery, moved, type LandDocument } from './land-queries';
import { Act } from './public-access';

function useDocumentActs(clusterId: string) {
  const { t } = useTranslation('cluster-public');
  const client = useQueryClient();
  const settled = {
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['cluster'] }),
  };
  const publish = useMutation({
    mutationFn: ({ id, version, isPublic }: { id: string; version: number; isPublic: boolean }) =>
      take(
        api.PATCH('/api/v1/clusters/{id}/documents/{documentId}', {
          params: { path: { id: clusterId, documentId: id } },
          headers: ifMatch(version),
          body: { isPublic },
        }),
      ),
    onSuccess: (land, { id, isPublic }) => {
      client.setQueryData(landQuery(clusterId).queryKey, land);
      const { version, title } = land.documents.find((one) => one.id === id)!;
      tellDone(
        t(isPublic ? 'document.published' : 'document.withdrawn', { name: wordsHere(title) }),
        () => publish.mutate({ id, version, isPublic: !isPublic }),
        `document-${id}`,
      );
    },
    ...settled,
  });
  const order = useMutation({
    mutationFn: (ids: string[]) =>
      take(
        api.PUT('/api/v1/clusters/{id}/documents-order', {
          params: { path: { id: clusterId } },
          body: { ids },
        }),
      ),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: ({ id, version }: LandDocument) =>
      take(
        api.DELETE('/api/v1/clusters/{id}/documents/{documentId}', {
          params: { path: { id: clusterId, documentId: id } },
          headers: ifMatch(version),
        }),
      ),
    onSuccess: (_, { title }) => tellDone(t('document.removed', { name: wordsHere(title) })),
    ...settled,
  });
  /** The file itself is gone for good: it is asked first. */
  const askToRemove = (document: LandDocument) =>
    modals.openConfirmModal({
      title: t('removeNamed', { name: wordsHere(document.title) }),
      children: <Text size="sm">{t('document.removeText')}</Text>,
      labels: { confirm: t('document.remove'), cancel: t('cancel', { ns: 'common' }) },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close', { ns: 'common' }) },
      onConfirm: () => remove.mutate(document),
    });
  return { publish: publish.mutate, order: order.mutate, askToRemove };
}

/** Files about the cluster; each is seen by investors only once it is published. */
export function PublicDocuments({ cluster, items }: { cluster: Cluster; items: LandDocument[] }) {
  const { t } = useTranslation('cluster-public');
  const mayWrite = useMay('cluster.write');
  const [editing, setEditing] = useState<LandDocument | null>(null);
  const [adding, setAdding] = useState<{ file: File | null } | null>(null);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('document.heading')}
      </Title>
      {items.length > 0 && !cluster.isPublic && <Alert color="yellow">{t('document.clusterHidden')}</Alert>}
      {items.length === 0 && <Text c="dimmed">{t('document.none')}</Text>}
      <DocumentList cluster={cluster} items={items} edit={setEditing} />
      {mayWrite && <DropHere add={(file) => setAdding({ file })} />}
      {adding && (
        <DocumentDialog
          clusterId={cluster.id}
          document={null}
          file={adding.file}
          close={() => setAdding(null)}
        />
      )}
      {editing && <DocumentDialog clusterId={cluster.id} document={editing} close={() => setEditing(null)} />}
    </Stack>
  );
}

/** Takes a file that is dropped, or asks for one. */
function DropHere({ add }: { add: (file: File | null) => void }) {
  const { t } = useTranslation('cluster-public');
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files.item(0));
  };
  return (
    <Box
      p="md"
      ta="center"
      bg={over ? 'var(--mantine-color-default-hover)' : undefined}
      style={{
        border: '1px dashed var(--mantine-color-default-border)',
        borderRadius: 'var(--mantine-radius-md)',
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group justify="center" gap="sm">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconUpload size={16} aria-hidden />}
          onClick={() => add(null)}
        >
          {t('document.add')}
        </Button>
        <Text size="sm" c="dimmed" visibleFrom="sm">
          {t('document.drop')}
        </Text>
      </Group>
    </Box>
  );
}

interface DocumentListProps {
  cluster: Cluster;
  items: LandDocument[];
  edit: (document: LandDocument) => void;
}

function DocumentList({ cluster, items, edit }: DocumentListProps) {
  const { t } = useTranslation('cluster-public');
  const mayWrite = useMay('cluster.write');
  const acts = useDocumentActs(cluster.id);
  return items.map((document, index) => {
    const name = wordsHere(document.title);
    return (
      <Group key={document.id} justify="space-between" align="start" gap="xs">
        <DocumentLine clusterId={cluster.id} document={document} />
        {mayWrite && (
          <Group gap={4}>
            <Switch
              mr="xs"
              size="md"
              label={t('document.isPublic')}
              aria-label={t('document.publishNamed', { name })}
              checked={document.isPublic}
              onChange={({ currentTarget }) =>
                acts.publish({
                  id: document.id,
                  version: document.version,
                  isPublic: currentTarget.checked,
                })
              }
            />
            <Act
              label={t('up', { name })}
              onClick={index > 0 && (() => acts.order(moved(items, index, -1)))}
              Symbol={IconArrowUp}
            />
            <Act
              label={t('down', { name })}
              onClick={index < items.length - 1 && (() => acts.order(moved(items, index, 1)))}
              Symbol={IconArrowDown}
            />
            <Act label={t('editNamed', { name })} onClick={() => edit(document)} Symbol={IconPencil} />
            <Act
              label={t('removeNamed', { name })}
              onClick={() => acts.askToRemove(document)}
              Symbol={IconTrash}
            />
          </Group>
        )}
      </Group>
    );
  });
}

function DocumentLine({ clusterId, document }: { clusterId: string; document: LandDocument }) {
  const { t } = useTranslation('cluster-public');
  const { title, kind, number, issuedOn, file, isPublic, width, alt } = document;
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  return (
    <div>
      <Anchor
        fw={600}
        underline="always"
        href={`/api/v1/clusters/${clusterId}/documents/${document.id}/file`}
        target="_blank"
      >
        {wordsHere(title)}
      </Anchor>
      <Text size="sm" c="dimmed">
        {[
          t(`document.kind.${kind}`),
          number,
          issuedOn && formatDay(issuedOn),
          `${formatNumber(kilobytes)} KB`,
          t(isPublic ? 'document.public' : 'document.notPublic'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {width !== null && !alt && (
        <Text size="sm" c="dimmed">
          {t('document.altMissing')}
        </Text>
      )}
    </div>
  );
}
