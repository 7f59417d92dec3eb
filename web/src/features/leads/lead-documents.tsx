import { ActionIcon, Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { SectionCard } from '../../components/section-card';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconFiles, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { When } from '../../components/when';
import { api, ifMatch, take } from '../../lib/api';
import { formatNumber } from '../../lib/format';
import { DocumentDialog } from './document-dialog';
import { EditDocumentDialog } from './document-edit-dialog';
import { documentsQuery, type LeadDocument } from './exchange-queries';
import { useLeadRights, type Lead } from './lead-queries';

/** The papers exchanged with the investor: what came, what was given, and what it can see. */
export function LeadDocuments({ lead }: { lead: Lead }) {
  const { t } = useTranslation('exchange');
  const may = useLeadRights(lead);
  const [opened, dialog] = useDisclosure();
  const query = useQuery(documentsQuery(lead.id));
  return (
    <SectionCard
      id="lead-documents"
      icon={IconFiles}
      title={t('documents.title')}
      action={
        may.change && (
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={dialog.open}
          >
            {t('documents.add')}
          </Button>
        )
      }
    >
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('documents.none')}</Text>
          ) : (
            <Rows items={items} mayChange={may.change} />
          )
        }
      </QueryState>
      <DocumentDialog lead={lead} opened={opened} close={dialog.close} />
    </SectionCard>
  );
}

const SHOWN = 5;

/** The newest, and on demand all. */
function Rows({ items, mayChange }: { items: readonly LeadDocument[]; mayChange: boolean }) {
  const { t } = useTranslation('exchange');
  const [all, { toggle }] = useDisclosure(false);
  return (
    <Stack gap="md">
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {(all ? items : items.slice(0, SHOWN)).map((document) => (
          <Row key={document.id} document={document} mayChange={mayChange} />
        ))}
      </Stack>
      {items.length > SHOWN && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={all}
          onClick={toggle}
          style={{ alignSelf: 'flex-start' }}
        >
          {t(all ? 'documents.fewer' : 'documents.all', { count: items.length })}
        </Button>
      )}
    </Stack>
  );
}

const sizeOf = (bytes: number) => `${formatNumber(Math.max(0.1, Math.round(bytes / 104_858) / 10))} MB`;

function Row({ document, mayChange }: { document: LeadDocument; mayChange: boolean }) {
  const { t } = useTranslation('exchange');
  const { id, leadId, title, note, file, direction, contact, sharedWithInvestor } = document;
  const acts = useDocumentActs(document);
  const [editing, edit] = useDisclosure();
  return (
    <Group component="li" justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} miw={0} flex="1 1 14rem">
        {file ? (
          <Anchor
            fw={600}
            href={`/api/v1/leads/${leadId}/documents/${id}/file`}
            style={{ overflowWrap: 'anywhere' }}
          >
            {title}
          </Anchor>
        ) : (
          <Text fw={600}>{title}</Text>
        )}
        <Text size="sm" c="dimmed">
          {t(`documents.${direction}`, { name: contact?.name ?? '' })} ·{' '}
          <When at={document.addedAt} inherit span />
          {file && ` · ${sizeOf(file.size)}`}
        </Text>
        {note && <Text size="sm">{note}</Text>}
        {sharedWithInvestor && (
          <Badge variant="light" size="sm" tt="none">
            {t('documents.seenBy', { name: contact?.name ?? '' })}
          </Badge>
        )}
      </Stack>
      {mayChange && (
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" size="compact-md" loading={acts.sharing} onClick={acts.share}>
            {t(sharedWithInvestor ? 'documents.unshare' : 'documents.share')}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('documents.edit', { title })}
            onClick={edit.open}
          >
            <IconPencil size={18} aria-hidden />
          </ActionIcon>
          <EditDocumentDialog document={document} opened={editing} close={edit.close} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('documents.remove', { title })}
            onClick={acts.remove}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </Group>
  );
}

function useDocumentActs({ id, leadId, title, version, sharedWithInvestor }: LeadDocument) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const path = { id: leadId, documentId: id };
  const refresh = () => void client.invalidateQueries({ queryKey: ['lead_document', leadId] });
  const share = useMutation({
    mutationFn: () =>
      take(
        api.PATCH('/api/v1/leads/{id}/documents/{documentId}', {
          params: { path },
          headers: ifMatch(version),
          body: { sharedWithInvestor: !sharedWithInvestor },
        }),
      ),
    onSuccess: () => tellDone(t(sharedWithInvestor ? 'documents.unshared' : 'documents.shared')),
    onError: tellFailure,
    onSettled: refresh,
  });
  const restore = () =>
    take(api.POST('/api/v1/leads/{id}/documents/{documentId}/restore', { params: { path } })).then(
      refresh,
      tellFailure,
    );
  const remove = useMutation({
    mutationFn: () => take(api.DELETE('/api/v1/leads/{id}/documents/{documentId}', { params: { path } })),
    onSuccess: () => tellDone(t('documents.removed', { title }), () => void restore()),
    onError: tellFailure,
    onSettled: refresh,
  });
  return { share: () => share.mutate(), sharing: share.isPending, remove: () => remove.mutate() };
}
