import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFoot, Refused } from '../../components/form-parts';
import { api, newKey, once, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { draftOf, toStepBody } from './plan-form';
import type { Plan } from './plan-queries';

/** A short name for programs that nobody has to think of. */
function codeOf(name: string): string {
  const plain = name.replace(/[đĐ]/g, 'd').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return `${slug}-${newKey().slice(0, 6)}`.replace(/^-+/, '');
}

function useNewPlan(plans: Plan[]) {
  const { t } = useTranslation('plans');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '', from: plans[0]?.id ?? '' },
    validate: {
      name: (value) => (value.trim() ? null : t('required')),
      from: (value) => (value ? null : t('required')),
    },
  });
  const create = useMutation({
    mutationFn: ({ name, from }: { name: string; from: string }) => {
      const source = plans.find(({ id }) => id === from)!;
      return take(
        api.POST('/api/v1/follow-up-plans', {
          headers: once(key),
          body: {
            code: codeOf(name),
            name: name.trim(),
            stopStages: source.stopStages,
            steps: source.steps.map((step) => toStepBody(draftOf(step))),
          },
        }),
      );
    },
    onSuccess: async (plan) => {
      void client.invalidateQueries({ queryKey: ['plan'] });
      await navigate({ to: '/plans/$planId', params: { planId: plan.id } });
    },
    onError: (error) => setRefusal(showFaults(form, error)),
  });
  return { form, create, refusal };
}

/** A new plan begins as the copy of another: nobody starts from an empty page. */
export function NewPlanDialog({ plans, onClose }: { plans: Plan[]; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const { form, create, refusal } = useNewPlan(plans);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('new')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack>
          <Refused reason={refusal} />
          <TextInput
            label={t('name')}
            withAsterisk
            data-autofocus
            maxLength={200}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('copyFrom')}
            description={t('copyFromText')}
            allowDeselect={false}
            data={plans.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('from')}
          />
          <FormFoot onClose={onClose} saving={create.isPending} submit={t('create')} />
        </Stack>
      </form>
    </Modal>
  );
}
