import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot } from '../../components/form-parts';
import { tellDone } from '../../components/tell';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import type { LeadKind } from '../../lib/pipelines';
import { isProblem } from '../../lib/problem';
import { useMe } from '../../lib/session';
import { NewLeadFields } from './new-lead-fields';
import { useCreateLead, useNewLeadForm, type NewLeadForm } from './new-lead-form';

interface NewLeadProps {
  opened: boolean;
  /** What is proposed. */
  kind: LeadKind;
  onClose: () => void;
}

/** A firm's interest, written down in a minute: only the firm and the kind are needed. */
export function NewLeadDialog({ opened, kind, onClose }: NewLeadProps) {
  const { t } = useTranslation('new-lead');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
      closeOnClickOutside={false}
    >
      <NewLeadBody kind={kind} onClose={onClose} />
    </Modal>
  );
}

/** Sends the form; answers what the server refused, and the firm that it found to exist already. */
function useSubmit(form: NewLeadForm, forget: () => void) {
  const { t } = useTranslation('new-lead');
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [existing, setExisting] = useState<string | null>(null);
  const create = useCreateLead(form);
  // the way back from the lead leads to the page, not to the form
  const leave = async (leadId: string) => {
    await navigate({ to: '/pipeline', search: (before) => ({ ...before, new: undefined }), replace: true });
    await navigate({ to: '/leads/$leadId', params: { leadId } });
  };
  const clear = () => {
    setRefusal(null);
    setExisting(null);
  };
  const submit = form.onSubmit((values) => {
    clear();
    create.mutate(values, {
      onSuccess: (lead) => {
        forget();
        tellDone(t('created', { reference: lead.reference, firm: lead.firm.name }));
        void leave(lead.id);
      },
      onError: (error) => {
        setRefusal(showFaults(form, error));
        if (isProblem(error, 'firm_exists')) setExisting(String(error.body.existingId));
        // the key names another request already: what is written now is a new one
        if (isProblem(error, 'idempotency_key_reused')) form.setFieldValue('key', crypto.randomUUID());
      },
    });
  });
  const useExisting = () => {
    form.setValues({ firm: { id: existing ?? '', name: form.values.name }, making: false });
    clear();
  };
  return { submit, saving: create.isPending, refusal, existing, useExisting, clear };
}

function NewLeadBody({ kind, onClose }: Omit<NewLeadProps, 'opened'>) {
  const { t } = useTranslation('new-lead');
  const form = useNewLeadForm(kind, useMe().id);
  const draft = useDraft('new-lead', form);
  const { submit, saving, refusal, existing, useExisting, clear } = useSubmit(form, draft.forget);
  const drop = () => {
    draft.forget();
    form.reset();
    clear();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <DraftNote restored={draft.restored} discard={drop} />
        <Refusal text={refusal} existing={existing !== null} useExisting={useExisting} />
        <NewLeadFields form={form} />
        <FormFoot onClose={onClose} saving={saving} submit={t('submit')} sticky />
      </Stack>
    </form>
  );
}

function Refusal({
  text,
  existing,
  useExisting,
}: {
  text: string | null;
  existing: boolean;
  useExisting: () => void;
}) {
  const { t } = useTranslation('new-lead');
  if (!text) return null;
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('refused')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text}</Text>
        {existing && (
          <Button size="xs" variant="default" onClick={useExisting}>
            {t('duplicates.use')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
