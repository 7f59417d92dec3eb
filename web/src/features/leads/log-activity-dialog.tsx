import {
  Group,
  Input,
  Modal,
  SegmentedControl,
  SimpleGrid,
  Select,
  Stack,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { getHotkeyHandler, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconInfoCircle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { MomentField } from '../../components/moment-field';
import { newKey } from '../../lib/api';
import { now } from '../../lib/clock';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { instantOf, today } from '../../lib/format';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Lead } from './lead-queries';
import { useLogActivity } from './log-activity';
import {
  ACTIVITY_KINDS,
  emptyLog,
  toActivityBody,
  useLogForm,
  type LogFormReturn,
} from './log-activity-form';
import { NextDays } from './next-days';

interface DialogProps {
  lead: Lead;
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** A call or a visit in under a minute: it closes at once and comes back with what was typed when it is refused. */
export function LogActivityDialog({ lead, opened, onOpen, onClose }: DialogProps) {
  const { t } = useTranslation('lead');
  const narrow = useMediaQuery('(max-width: 36em)');
  const form = useLogForm(lead);
  const draft = useDraft(`log-activity:${lead.id}`, form);
  const [key, setKey] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const log = useLogActivity(lead);
  const begin = () => {
    draft.forget();
    form.setValues(emptyLog(lead));
    form.resetDirty(emptyLog(lead));
    setKey(newKey());
  };
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    onClose();
    log.mutate(
      { body: toActivityBody(values), key },
      {
        onSuccess: begin,
        onError: (error) => {
          setRefusal(showFaults(form, error, { happenedAt: 'happened', nextActionAt: 'next' }));
          onOpen();
        },
      },
    );
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('log.title', { firm: lead.firm.name })}
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <form onSubmit={submit} noValidate onKeyDown={getHotkeyHandler([['mod+Enter', () => submit()]])}>
        <Stack gap="sm">
          <DraftNote restored={draft.restored} discard={begin} />
          <Refused reason={refusal} title={t('log.refused')} />
          <WhatFields form={form} lead={lead} />
          <NextFields form={form} lead={lead} />
          <FormFoot onClose={onClose} saving={log.isPending} submit={t('log.save')} />
        </Stack>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  form: LogFormReturn;
  lead: Lead;
}

function WhatFields({ form, lead }: FieldsProps) {
  const { t } = useTranslation('lead');
  const { data } = useQuery(firmContactsQuery(lead.firm.id));
  const people = (data?.items ?? []).map(({ id, fullName }) => ({ value: id, label: fullName }));
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('log.kind')}
        data={ACTIVITY_KINDS.map((value) => ({ value, label: t(`activity.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={t(`log.subjects.${form.values.kind}`)}
        placeholder={t('log.subjectHint')}
        withAsterisk
        maxLength={300}
        data-autofocus
        {...form.getInputProps('subject')}
      />
      <Textarea
        label={t('log.outcome')}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('outcome')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <When form={form} />
        <Select
          label={t('log.contact')}
          clearable
          searchable
          data={people}
          clearButtonProps={{ 'aria-label': t('log.clearContact') }}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          {...form.getInputProps('contactId')}
        />
      </SimpleGrid>
      <Exactly form={form} />
      <Textarea
        label={t('log.body')}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={10_000}
        {...form.getInputProps('body')}
      />
    </>
  );
}

function When({ form }: { form: LogFormReturn }) {
  const { t } = useTranslation('lead');
  const id = useId();
  return (
    <div>
      <Input.Label labelElement="div" id={id}>
        {t('log.when')}
      </Input.Label>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={(['now', 'other'] as const).map((value) => ({ value, label: t(`log.${value}`) }))}
        {...form.getInputProps('when')}
      />
    </div>
  );
}

/** Another moment than now; one to come is an appointment. */
function Exactly({ form }: { form: LogFormReturn }) {
  const { t } = useTranslation('lead');
  const { when, happened } = form.values;
  if (when !== 'other') return null;
  const at = happened.day && happened.time ? Date.parse(instantOf(happened.day, happened.time)) : 0;
  return (
    <>
      <MomentField label={t('log.whenExactly')} withAsterisk {...form.getInputProps('happened')} />
      {at > now().getTime() && (
        <Text size="sm">
          <IconInfoCircle size={14} aria-hidden /> {t('log.willBeBooked')}
        </Text>
      )}
    </>
  );
}

function NextFields({ form, lead }: FieldsProps) {
  const { t } = useTranslation('lead');
  return (
    <>
      <TextInput
        label={t('log.nextAction')}
        description={lead.nextAction ? t('log.nextNow', { action: lead.nextAction }) : undefined}
        maxLength={300}
        {...form.getInputProps('nextAction')}
      />
      <Group gap="sm" align="flex-end">
        <MomentField label={t('log.next')} minDate={today()} clearable {...form.getInputProps('next')} />
        <NextDays onPick={(day) => form.setFieldValue('next', { ...form.values.next, day })} />
      </Group>
    </>
  );
}
