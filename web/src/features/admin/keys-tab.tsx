import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  NumberInput,
  Modal,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { modals } from '@mantine/modals';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { EmptyState, QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { formatDay } from '../../lib/format';
import { ActionsHead } from './actions-head';
import { FormDialog } from './dialog';
import { ROLES, type Role } from './users';

type Key = components['schemas']['ApiKeyAnswer'];
type NewKey = components['schemas']['NewApiKeyAnswer'];

const keysQuery = queryOptions({
  queryKey: ['api_key'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/api-keys', { signal, params: { query: { limit: 200 } } })),
});

/** Which programs may come in, and with which role. */
export default function KeysTab() {
  const { t } = useTranslation('admin');
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<NewKey | null>(null);
  const query = useQuery(keysQuery);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">{t('key.text')}</Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {t('key.add')}
        </Button>
      </Group>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={IconKey} title={t('key.empty')} text={t('key.emptyText')} />
          ) : (
            <KeysTable items={items} />
          )
        }
      </QueryState>
      {creating && <KeyDialog onClose={() => setCreating(false)} onMade={setMade} />}
      {made && <KeyShown made={made} onClose={() => setMade(null)} />}
    </Stack>
  );
}

/** Asks first: what was revoked cannot come back, only its hash was kept. */
function useRevoke() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: ({ id }: Key) => take(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: (_, { name }) => {
      void client.invalidateQueries({ queryKey: ['api_key'] });
      tellDone(t('key.revoked', { name }));
    },
    onError: tellFailure,
  });
  return (key: Key) =>
    modals.openConfirmModal({
      title: t('key.revokeTitle', { name: key.name }),
      children: <Text size="sm">{t('key.revokeText')}</Text>,
      labels: { confirm: t('key.revoke'), cancel: t('cancel', { ns: 'common' }) },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close', { ns: 'common' }) },
      onConfirm: () => revoke.mutate(key),
    });
}

function KeysTable({ items }: { items: Key[] }) {
  const { t } = useTranslation('admin');
  const ask = useRevoke();
  return (
    <Table verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('key.name')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('users.role')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('key.ends')}</Table.Th>
          <ActionsHead w={100} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td>
              <Text fw={600}>{key.name}</Text>
              <Text size="sm" c="dimmed">
                {t('key.made', { by: key.createdBy.name, day: formatDay(key.createdAt) })}
                {key.start && ` · ${key.start}…`}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{t(`role.${key.role}`, { ns: 'common' })}</Table.Td>
            <Table.Td visibleFrom="sm">{key.expiresAt ? formatDay(key.expiresAt) : t('key.never')}</Table.Td>
            <Table.Td>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('key.revokeTitle', { name: key.name })}
                onClick={() => ask(key)}
              >
                {t('key.revoke')}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: NewKey) => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '', role: 'officer' as Role, expiresInDays: 365 as number | string },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const create = useMutation({
    mutationFn: ({ name, role, expiresInDays }: typeof form.values) =>
      take(
        api.POST('/api/v1/api-keys', {
          headers: once(key),
          body: { name, role, ...(expiresInDays !== '' && { expiresInDays: Number(expiresInDays) }) },
        }),
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['api_key'] });
      onClose();
      onMade(made);
    },
    onError: (error) => setRefusal(showFaults(form, error)),
  });
  return (
    <FormDialog
      title={t('key.add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      saving={create.isPending}
      action={t('key.create')}
      refusal={refusal}
    >
      <TextInput
        label={t('key.name')}
        description={t('key.nameText')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label={t('users.role')}
        allowDeselect={false}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'common' }) }))}
        {...form.getInputProps('role')}
      />
      <NumberInput
        label={t('key.days')}
        description={t('key.daysText')}
        min={1}
        max={3650}
        allowDecimal={false}
        {...form.getInputProps('expiresInDays')}
      />
    </FormDialog>
  );
}

/** The only time that the key can be read. */
function KeyShown({ made, onClose }: { made: NewKey; onClose: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('key.shown', { name: made.name })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Stack>
        <Alert color="yellow">{t('key.onlyNow')}</Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {made.key}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={made.key}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'key.copied' : 'key.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('key.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
