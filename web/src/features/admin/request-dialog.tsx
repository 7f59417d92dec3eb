import { Alert, Checkbox, List, Text, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import { FormDialog } from './dialog';
import { useStep, type DataRequest, type Step } from './requests';

export type RequestAct = 'carry-out' | 'extend' | 'refuse' | 'take-back';

export interface Asked {
  act: RequestAct;
  request: DataRequest;
}

type Values = {
  reason: string;
  name: string;
  withoutLetter: boolean;
};

function stepOf({ act, request }: Asked, values: Values): Step {
  if (act === 'take-back') return { step: act };
  if (act !== 'carry-out') return { step: act, reason: values.reason.trim() };
  const erase = { name: values.name.trim(), withoutLetter: values.withoutLetter };
  return { step: act, decision: request.kind === 'erase' ? erase : {} };
}

/** Asks once more before a request moves on; erasing says exactly what goes and needs the person's name. */
export function RequestDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation('data-requests');
  const { act, request } = asked;
  const erases = act === 'carry-out' && request.kind === 'erase';
  const needsReason = act === 'extend' || act === 'refuse';
  const [refusal, setRefusal] = useState<string | null>(null);
  const same = (text: string) => text.trim().toLowerCase() === request.contact.name.trim().toLowerCase();
  const form = useForm<Values>({
    initialValues: { reason: '', name: '', withoutLetter: false },
    validate: {
      reason: (value) => (needsReason && !value.trim() ? t('reasonMissing') : null),
      name: (value) => (erases && !same(value) ? t('nameDiffers') : null),
    },
  });
  const step = useStep(
    request,
    () => {
      tellDone(t(`done.${act}`));
      onClose();
    },
    (error) => setRefusal(showFaults(form, error)),
  );
  return (
    <FormDialog
      title={act === 'carry-out' ? t(`do.${request.kind}`) : t(`act.${act}`)}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => step.mutate(stepOf(asked, values)))}
      saving={step.isPending}
      action={act === 'carry-out' ? t(`do.${request.kind}`) : t(`act.${act}`)}
      refusal={refusal}
      danger={erases}
    >
      <Text size="sm">
        {request.contact.name} · {request.firm.name} · {request.reference}
      </Text>
      <Text size="sm">{act === 'carry-out' ? t(`doText.${request.kind}`) : t(`actText.${act}`)}</Text>
      {needsReason && (
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          withAsterisk
          autosize
          minRows={3}
          maxLength={1000}
          data-autofocus
          {...form.getInputProps('reason')}
        />
      )}
      {erases && <ErasureFields request={request} form={form} />}
    </FormDialog>
  );
}

function ErasureFields({ request, form }: { request: DataRequest; form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('data-requests');
  return (
    <>
      <ErasureWarning request={request} />
      <TextInput
        label={t('typeName', { name: request.contact.name })}
        withAsterisk
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox
        label={t('withoutLetter')}
        description={t('withoutLetterHint')}
        {...form.getInputProps('withoutLetter', { type: 'checkbox' })}
      />
    </>
  );
}

function ErasureWarning({ request }: { request: DataRequest }) {
  const { t } = useTranslation('data-requests');
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('erase.title')}>
      <List size="sm" spacing={2}>
        {(['person', 'words', 'mails', 'trail'] as const).map((part) => (
          <List.Item key={part}>{t(`erase.${part}`)}</List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        {t('erase.stays')}
      </Text>
      {request.binding.length > 0 && (
        <Text size="sm" fw={600} mt="xs">
          {t('erase.binding', {
            leads: request.binding.map(({ reference, stage }) => `${reference} (${stage})`).join(', '),
          })}
        </Text>
      )}
    </Alert>
  );
}
