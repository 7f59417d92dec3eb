import {
  Alert,
  Button,
  Group,
  Input,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClustersSelect, ColleagueSelect } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { formatMoney } from '../../lib/format';
import type { LeadKind } from '../../lib/pipelines';
import { isProblem } from '../../lib/problem';
import { useMe } from '../../lib/session';
import { NewLeadFirm } from './new-lead-firm';
import { toMoney, useCreateLead, useNewLeadForm, type NewLeadForm } from './new-lead-form';

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

function Kind({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  const id = useId();
  return (
    <Input.Wrapper
      label={t('kind')}
      withAsterisk
      labelElement="div"
      labelProps={{ id }}
      description={t(`kindHint.${form.values.kind}`)}
    >
      <SegmentedControl
        fullWidth
        mt={4}
        aria-labelledby={id}
        data={(['infrastructure', 'secondary'] as const).map((value) => ({
          value,
          label: t(`kind.${value}`, { ns: 'common' }),
        }))}
        {...form.getInputProps('kind')}
      />
    </Input.Wrapper>
  );
}

function Amounts({ form }: { form: NewLeadForm }) {
  const { t, i18n } = useTranslation('new-lead');
  const marks =
    i18n.language === 'en'
      ? { thousandSeparator: ',', decimalSeparator: '.' }
      : { thousandSeparator: '.', decimalSeparator: ',' };
  const money = toMoney(form.values);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberInput
        label={t('area')}
        suffix=" ha"
        min={0}
        decimalScale={2}
        hideControls
        {...marks}
        {...form.getInputProps('areaHa')}
      />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <NumberInput
          label={t('capital')}
          description={money ? formatMoney(money) : t('capitalHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          decimalScale={form.values.currency === 'VND' ? 0 : 2}
          hideControls
          {...marks}
          {...form.getInputProps('amount')}
          style={{ flex: 1 }}
        />
        <Select
          label={t('currency')}
          data={['VND', 'USD', 'CNY', 'EUR', 'JPY', 'KRW', 'HKD', 'SGD', 'TWD']}
          allowDeselect={false}
          w={92}
          {...form.getInputProps('currency')}
        />
      </Group>
    </SimpleGrid>
  );
}

function Fields({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  return (
    <>
      <NewLeadFirm form={form} />
      <Kind form={form} />
      <ClustersSelect label={t('clusters')} maxValues={20} {...form.getInputProps('clusterIds')} />
      <Amounts form={form} />
      <Textarea
        label={t('summary')}
        placeholder={t('summaryHint')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        {...form.getInputProps('summary')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('source')}
          description={form.values.source === 'enquiry' ? t('sourceHint') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(['officer', 'enquiry'] as const).map((value) => ({ value, label: t(`sources.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('source')}
        />
        <ColleagueSelect
          label={t('owner')}
          placeholder={t('noOwner')}
          clearable
          clearButtonProps={{ 'aria-label': t('clearOwner') }}
          {...form.getInputProps('ownerId')}
        />
      </SimpleGrid>
    </>
  );
}

function NewLeadBody({ kind, onClose }: Omit<NewLeadProps, 'opened'>) {
  const { t } = useTranslation('new-lead');
  const me = useMe();
  const navigate = useNavigate();
  const form = useNewLeadForm(kind, me.id);
  const draft = useDraft('new-lead', form);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [existing, setExisting] = useState<string | null>(null);
  const create = useCreateLead(form);
  const drop = () => {
    draft.forget();
    form.reset();
    form.setFieldValue('key', crypto.randomUUID());
    setRefusal(null);
  };
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    setExisting(null);
    create.mutate(values, {
      onSuccess: (lead) => {
        draft.forget();
        tellDone(t('created', { reference: lead.reference, firm: lead.firm.name }));
        onClose();
        void navigate({ to: '/leads/$leadId', params: { leadId: lead.id } });
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
    setRefusal(null);
    setExisting(null);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {draft.restored && (
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {t('draftRestored', { ns: 'common' })}
            </Text>
            <Button size="compact-sm" variant="subtle" onClick={drop}>
              {t('discardDraft', { ns: 'common' })}
            </Button>
          </Group>
        )}
        <Refusal text={refusal} existing={existing !== null} useExisting={useExisting} />
        <Fields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('submit')}
          </Button>
        </Group>
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
