import { Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFoot, Refused } from '../../components/form-parts';
import { ColleagueSelect } from '../../components/selects';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { useMay } from '../../lib/session';
import { leadQuery, type Lead } from './lead-queries';

interface DialogProps {
  lead: Lead;
  opened: boolean;
  onClose: () => void;
}

/** Gives a lead to a colleague; whoever may take it back can do so at once. */
export function LeadAssignDialog({ lead, opened, onClose }: DialogProps) {
  const { t } = useTranslation('lead');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('assign.title', { firm: lead.firm.name })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <AssignForm lead={lead} onClose={onClose} />
    </Modal>
  );
}

function useAssign(lead: Lead) {
  const { t } = useTranslation('lead');
  const client = useQueryClient();
  // an officer who gave a lead away may not take it back
  const mayAgain = useMay('lead.assign');
  const before = lead.owner;
  const show = (saved: Lead) => {
    client.setQueryData(leadQuery(lead.id).queryKey, saved);
    for (const topic of ['lead', 'today', 'reminder']) void client.invalidateQueries({ queryKey: [topic] });
  };
  const send = (body: { ownerId: string; note?: string }) =>
    take(api.POST('/api/v1/leads/{id}/assign', { params: { path: { id: lead.id } }, body }));
  const undo = () => before && send({ ownerId: before.id }).then(show, tellFailure);
  return useMutation({
    mutationFn: send,
    onSuccess: (saved) => {
      show(saved);
      const words = t('assign.done', { name: saved.owner?.name });
      tellDone(words, before && mayAgain ? () => void undo() : undefined);
    },
  });
}

function AssignForm({ lead, onClose }: Omit<DialogProps, 'opened'>) {
  const { t } = useTranslation('lead');
  const [ownerId, setOwnerId] = useState<string | null>(lead.owner?.id ?? null);
  const [note, setNote] = useState('');
  const assign = useAssign(lead);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!ownerId) return;
    assign.mutate({ ownerId, ...(note.trim() && { note: note.trim() }) }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refused reason={assign.error?.message} title={t('notDone', { ns: 'common' })} />
        <ColleagueSelect
          label={t('fields.owner')}
          withAsterisk
          data-autofocus
          openOnFocus={false}
          value={ownerId}
          onChange={setOwnerId}
        />
        <Textarea
          label={t('assign.note')}
          autosize
          minRows={2}
          maxLength={1000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <FormFoot
          onClose={onClose}
          saving={assign.isPending}
          submit={t('assign.submit')}
          disabled={!ownerId || ownerId === lead.owner?.id}
        />
      </Stack>
    </form>
  );
}
