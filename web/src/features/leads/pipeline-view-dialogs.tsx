import { ActionIcon, Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFoot, Refused } from '../../components/form-parts';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import { useMay } from '../../lib/session';
import { useViewChanges, type SavedView } from './pipeline-view-changes';

interface SaveProps {
  opened: boolean;
  /** The words of the address to keep. */
  words: Record<string, string>;
  close: () => void;
}

export function SaveViewDialog({ opened, words, close }: SaveProps) {
  const { t } = useTranslation('pipeline');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('savedViews.save')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <SaveForm words={words} close={close} />
    </Modal>
  );
}

function SaveForm({ words, close }: Omit<SaveProps, 'opened'>) {
  const { t } = useTranslation('pipeline');
  const { create } = useViewChanges();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '', shared: false },
    validate: { name: (name) => (name.trim() ? null : t('savedViews.nameMissing')) },
  });
  const submit = form.onSubmit(({ name, shared }) =>
    create.mutate(
      { name: name.trim(), shared, page: 'pipeline', query: words },
      {
        onSuccess: () => {
          tellDone(t('savedViews.saved', { name: name.trim() }));
          close();
        },
        onError: (error) => setFault(showFaults(form, error)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Refused reason={fault} />
        <Text size="sm" c="dimmed">
          {t('savedViews.saveText')}
        </Text>
        <TextInput
          label={t('savedViews.name')}
          withAsterisk
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Switch
          label={t('savedViews.share')}
          description={t('savedViews.shareText')}
          {...form.getInputProps('shared', { type: 'checkbox' })}
        />
        <FormFoot onClose={close} saving={create.isPending} />
      </Stack>
    </form>
  );
}

interface ViewsProps extends SaveProps {
  views: readonly SavedView[];
}

export function ViewsDialog({ opened, views, words, close }: ViewsProps) {
  const { t } = useTranslation('pipeline');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('savedViews.manage')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Stack gap="lg">
        {views.length === 0 && <Text c="dimmed">{t('savedViews.none')}</Text>}
        {views.map((view) => (
          <ViewRow key={`${view.id}-${view.version}`} view={view} words={words} />
        ))}
      </Stack>
    </Modal>
  );
}

/** One's own is renamed where it stands. */
function ViewName({
  view,
  change,
}: {
  view: SavedView;
  change: ReturnType<typeof useViewChanges>['change'];
}) {
  const { t } = useTranslation('pipeline');
  const [name, setName] = useState(view.name);
  const rename = () => {
    const wanted = name.trim();
    if (wanted && wanted !== view.name) change.mutate({ view, body: { name: wanted } });
    else setName(view.name);
  };
  if (!view.mine)
    return (
      <Text style={{ flex: 1 }}>
        {view.name}{' '}
        <Text span c="dimmed" size="sm">
          · {view.owner.name}
        </Text>
      </Text>
    );
  return (
    <TextInput
      aria-label={t('savedViews.nameOf', { name: view.name })}
      value={name}
      maxLength={100}
      onChange={({ currentTarget }) => setName(currentTarget.value)}
      onBlur={rename}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      style={{ flex: 1 }}
    />
  );
}

/** One's own: name, sharing, filters, deleting. Another's: a manager may take the sharing back. */
function ViewRow({ view, words }: { view: SavedView; words: Record<string, string> }) {
  const { t } = useTranslation('pipeline');
  const { change, remove } = useViewChanges();
  const managesAll = useMay('lead.write_any');
  return (
    <Stack gap={6}>
      <Group gap="xs" wrap="nowrap">
        <ViewName view={view} change={change} />
        {view.mine && (
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t('savedViews.delete', { name: view.name })}
            onClick={() => remove.mutate(view)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <Group gap="md">
        {(view.mine || (managesAll && view.shared)) && (
          <Switch
            label={t('savedViews.share')}
            checked={view.shared}
            disabled={change.isPending}
            onChange={({ currentTarget }) => change.mutate({ view, body: { shared: currentTarget.checked } })}
          />
        )}
        {view.mine && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconDeviceFloppy size={14} aria-hidden />}
            onClick={() => change.mutate({ view, body: { query: words } })}
          >
            {t('savedViews.takeFilters')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
