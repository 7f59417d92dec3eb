import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { CATEGORIES, type Obstacle, type ObstacleCategory } from './exchange-queries';
import type { Lead } from './lead-queries';

interface Dialog {
  opened: boolean;
  close: () => void;
}

/** Notes a difficulty; its clock of five working days begins. */
export function RaiseObstacleDialog({ lead, opened, close }: Dialog & { lead: Lead }) {
  const { t } = useTranslation('exchange');
  return (
    <FormDialog opened={opened} close={close} title={t('obstacles.raise')}>
      <RaiseForm lead={lead} close={close} />
    </FormDialog>
  );
}

type Raised = { category: ObstacleCategory; title: string; description: string; visibleToInvestor: boolean };

function RaiseForm({ lead, close }: { lead: Lead; close: () => void }) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm<Raised>({
    initialValues: { category: 'procedure', title: '', description: '', visibleToInvestor: false },
    validate: { title: (value) => (value.trim() ? null : t('required', { ns: 'common' })) },
  });
  const raise = useMutation({
    mutationFn: ({ description, ...body }: Raised) =>
      take(
        api.POST('/api/v1/leads/{id}/obstacles', {
          params: { path: { id: lead.id } },
          body: { ...body, ...(description.trim() && { description: description.trim() }) },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['obstacle'] });
      tellDone(t('obstacles.raised'));
      close();
    },
    onError: (error) => setFault(showFaults(form, error)),
  });
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => raise.mutate(values))}
      close={close}
      saving={raise.isPending}
      fault={fault}
    >
      <TextInput
        label={t('obstacles.what')}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('title')}
      />
      <Select
        label={t('obstacles.about')}
        allowDeselect={false}
        data={CATEGORIES.map((value) => ({ value, label: t(`obstacles.category.${value}`) }))}
        {...form.getInputProps('category')}
      />
      <Textarea
        label={t('obstacles.more')}
        autosize
        minRows={3}
        maxLength={5000}
        {...form.getInputProps('description')}
      />
      {lead.primaryContact && (
        <Checkbox
          label={t('obstacles.showTo', { name: lead.primaryContact.name })}
          {...form.getInputProps('visibleToInvestor', { type: 'checkbox' })}
        />
      )}
    </FormFrame>
  );
}

/** Settles it with an answer, which the investor gets by mail where it sees the obstacle. */
export function ResolveObstacleDialog({ obstacle, opened, close }: Dialog & { obstacle: Obstacle }) {
  const { t } = useTranslation('exchange');
  return (
    <FormDialog opened={opened} close={close} title={t('obstacles.resolveTitle', { title: obstacle.title })}>
      <ResolveForm obstacle={obstacle} close={close} />
    </FormDialog>
  );
}

function ResolveForm({ obstacle, close }: { obstacle: Obstacle; close: () => void }) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({
    initialValues: { answer: '' },
    validate: { answer: (value) => (value.trim() ? null : t('required', { ns: 'common' })) },
  });
  const resolve = useMutation({
    mutationFn: (body: { answer: string }) =>
      take(
        api.POST('/api/v1/obstacles/{id}/resolve', {
          params: { path: { id: obstacle.id } },
          headers: ifMatch(obstacle.version),
          body,
        }),
      ),
    onSuccess: () => {
      tellDone(t('obstacles.done.resolved'));
      close();
    },
    onError: (error) => setFault(showFaults(form, error)),
    onSettled: () => void client.invalidateQueries({ queryKey: ['obstacle'] }),
  });
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => resolve.mutate(values))}
      close={close}
      saving={resolve.isPending}
      fault={fault}
      submitLabel={t('obstacles.resolve')}
    >
      <Textarea
        label={t('obstacles.answer')}
        description={t(obstacle.visibleToInvestor ? 'obstacles.answerSent' : 'obstacles.answerKept')}
        withAsterisk
        data-autofocus
        autosize
        minRows={4}
        maxLength={5000}
        {...form.getInputProps('answer')}
      />
    </FormFrame>
  );
}
