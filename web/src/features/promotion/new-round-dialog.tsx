import { Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { useMe } from '../../lib/session';
import { RoundFields } from './round-fields';
import { emptyRound, FORM_NAMES, toRoundBody, useRoundForm, type RoundValues } from './round-form';

export function NewRoundDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('create')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <NewRound onClose={onClose} />
    </Modal>
  );
}

function NewRound({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRoundForm(emptyRound(me.id));
  const draft = useDraft('new-round', form);
  const create = useMutation({
    mutationFn: (values: RoundValues) =>
      take(api.POST('/api/v1/rounds', { body: toRoundBody(values), headers: once(key) })),
    onSuccess: async (round) => {
      draft.forget();
      onClose();
      tellDone(t('created', { name: round.name }));
      void client.invalidateQueries({ queryKey: ['round'] });
      await navigate({ to: '/rounds/$roundId', params: { roundId: round.id }, search: {} });
    },
    onError: (error) => setRefusal(showFaults(form, error, FORM_NAMES)),
  });
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    create.mutate(values);
  });
  const discard = () => {
    form.reset();
    draft.forget();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <DraftNote restored={draft.restored} discard={discard} />
        <Refused reason={refusal} />
        <RoundFields form={form} />
        <FormFoot onClose={onClose} saving={create.isPending} submit={t('create')} />
      </Stack>
    </form>
  );
}
