import { Button, Checkbox, Group, Modal, ScrollArea, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { AddOptions, useAddOptions } from './add-options';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Round } from './round-queries';

interface AddProps {
  round: Round;
  opened: boolean;
  onClose: () => void;
}

interface Chosen {
  name: string;
  contactId: string | null;
}

export function AddFirmsDialog({ opened, ...props }: AddProps) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size="lg"
      title={t('add.title')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <AddFirms {...props} />
    </Modal>
  );
}

function ContactChoice({
  firmId,
  chosen,
  set,
}: {
  firmId: string;
  chosen: Chosen;
  set: (id: string | null) => void;
}) {
  const { t } = useTranslation('rounds');
  const contacts = useQuery(firmContactsQuery(firmId)).data?.items ?? [];
  if (contacts.length === 0) return null;
  return (
    <Select
      size="sm"
      ml={34}
      aria-label={t('add.contact', { firm: chosen.name })}
      placeholder={t('add.mainContact')}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      data={contacts.map(({ id, fullName, title }) => ({
        value: id,
        label: title ? `${fullName} (${title})` : fullName,
      }))}
      value={chosen.contactId}
      onChange={set}
    />
  );
}

interface FirmChoiceProps {
  id: string;
  name: string;
  chosen: Chosen | undefined;
  change: (chosen: Chosen | null) => void;
}

/** A firm to tick; of one that is ticked, who is asked. */
function FirmChoice({ id, name, chosen, change }: FirmChoiceProps) {
  return (
    <Stack gap={6}>
      <Checkbox
        label={name}
        checked={Boolean(chosen)}
        onChange={() => change(chosen ? null : { name, contactId: null })}
      />
      {chosen && (
        <ContactChoice firmId={id} chosen={chosen} set={(contactId) => change({ ...chosen, contactId })} />
      )}
    </Stack>
  );
}

type Choice = ReadonlyMap<string, Chosen>;

function FirmChoices({ choice, set }: { choice: Choice; set: (choice: Choice) => void }) {
  const { t } = useTranslation('rounds');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const firms = useQuery({
    queryKey: ['firm', 'select', q],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/firms', { signal, params: { query: { limit: 20, ...(q && { q }) } } })),
    placeholderData: keepPreviousData,
  });
  const change = (id: string, chosen: Chosen | null) => {
    const next = new Map(choice);
    if (chosen) next.set(id, chosen);
    else next.delete(id);
    set(next);
  };
  const shown = (found: { id: string; name: string }[]) => [
    ...[...choice].map(([id, { name }]) => ({ id, name })),
    ...found.filter(({ id }) => !choice.has(id)),
  ];
  return (
    <>
      <TextInput
        type="search"
        label={t('add.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        data-autofocus
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <QueryState query={firms}>
        {({ items }) => (
          <ScrollArea.Autosize
            mah={320}
            type="auto"
            viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': t('add.title') }}
          >
            <Stack gap="sm" py={4}>
              {items.length === 0 && <Text c="dimmed">{t('nothingFound', { ns: 'common' })}</Text>}
              {shown(items).map(({ id, name }) => (
                <FirmChoice
                  key={id}
                  id={id}
                  name={name}
                  chosen={choice.get(id)}
                  change={(chosen) => change(id, chosen)}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        )}
      </QueryState>
    </>
  );
}

function AddFirms({ round, onClose }: Omit<AddProps, 'opened'>) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>(new Map());
  const options = useAddOptions();
  const [key] = useState(newKey);
  const add = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/rounds/{id}/participations', {
          params: { path: { id: round.id } },
          headers: once(key),
          body: {
            items: [...choice].map(([firmId, { contactId }]) => ({ firmId, contactId, ...options.values })),
          },
        }),
      ),
    onSuccess: async () => {
      onClose();
      tellDone(t('add.done', { count: choice.size }));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['round'] }),
        client.invalidateQueries({ queryKey: ['participation'] }),
      ]);
    },
  });
  return (
    <Stack>
      <Refused reason={add.error?.message} />
      <FirmChoices choice={choice} set={setChoice} />
      <AddOptions round={round} options={options} />
      <Group justify="space-between">
        <Text size="sm" aria-live="polite">
          {t('add.chosen', { count: choice.size })}
        </Text>
        <Button disabled={choice.size === 0} loading={add.isPending} onClick={() => add.mutate()}>
          {t('add.submit', { count: choice.size })}
        </Button>
      </Group>
    </Stack>
  );
}
