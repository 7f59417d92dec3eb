import { Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { hasStatus } from '../../lib/problem';
import { useDifferences } from './lead-differences';
import { NextFields, PeopleFields, WishFields } from './lead-edit-fields';
import { changesOf, useEditForm, type LeadChange } from './lead-edit-form';
import { leadQuery, type Lead } from './lead-queries';

interface DialogProps {
  lead: Lead;
  opened: boolean;
  onClose: () => void;
}

/** Everything of a lead but its stage and its owner. */
export function LeadEditDialog({ lead, opened, onClose }: DialogProps) {
  const { t } = useTranslation('lead');
  const narrow = useMediaQuery('(max-width: 36em)');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('edit.title', { reference: lead.reference })}
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <EditForm lead={lead} onClose={onClose} />
    </Modal>
  );
}

function useSave(lead: Lead, done: () => void) {
  const { t } = useTranslation('lead');
  const client = useQueryClient();
  const differences = useDifferences(lead);
  const params = { path: { id: lead.id } };
  const show = (saved: Lead) => {
    client.setQueryData(leadQuery(lead.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['lead'] });
    done();
  };
  return useVersionedSave<Lead, LeadChange>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/leads/{id}', { params, body, headers: ifMatch(version) })),
    current: () => take(api.GET('/api/v1/leads/{id}', { params })),
    differences,
    onSaved: (saved) => {
      tellDone(t('saved', { ns: 'common' }));
      show(saved);
    },
    onTheirs: show,
  });
}

/** The lead as it was when the form opened: the version that is sent is the one that was read. */
function EditForm({ lead: current, onClose }: Omit<DialogProps, 'opened'>) {
  const { t } = useTranslation('lead');
  const [lead] = useState(current);
  const form = useEditForm(lead);
  const draft = useDraft(`lead-edit:${lead.id}`, form);
  const [refusal, setRefusal] = useState<string | null>(null);
  const leave = () => {
    draft.forget();
    onClose();
  };
  const save = useSave(lead, leave);
  const { error } = save;
  useEffect(() => {
    if (error && !hasStatus(error, 412)) setRefusal(showFaults(form, error, { nextActionAt: 'next' }));
    // once for each refusal
  }, [error]);
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    const changes = changesOf(values);
    if (Object.keys(changes).length === 0) leave();
    else save.mutate({ body: changes, version: values.read.version });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <DraftNote restored={draft.restored} />
        <Refused reason={refusal} title={t('edit.refused')} />
        <NextFields form={form} lead={lead} />
        <WishFields form={form} lead={lead} />
        <PeopleFields form={form} lead={lead} />
        <FormFoot onClose={leave} saving={save.isPending} />
      </Stack>
    </form>
  );
}
