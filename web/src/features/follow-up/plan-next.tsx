import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { MomentField, type Moment } from '../../components/moment-field';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { instantOf, today } from '../../lib/format';
import { formatMoment } from '../../lib/moments';

interface PlanNextProps {
  lead: { id: string };
  firm: { name: string };
  /** What is noted already, without a time. */
  suggestion?: string | null;
  opened: boolean;
  onClose: () => void;
}

interface Values extends Record<string, unknown> {
  title: string;
  due: Moment;
}

/** Sets the next task of a lead. */
export function PlanNext({ opened, onClose, ...about }: PlanNextProps) {
  const { t } = useTranslation('reminders');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('plan.title', { firm: about.firm.name })}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <PlanForm {...about} onClose={onClose} />
    </Modal>
  );
}

function PlanForm({ lead, firm, suggestion, onClose }: Omit<PlanNextProps, 'opened'>) {
  const { t } = useTranslation('reminders');
  const client = useQueryClient();
  const form = useForm<Values>({
    initialValues: {
      title: suggestion ?? '',
      due: { day: dayjs(today()).add(1, 'day').format('YYYY-MM-DD'), time: '09:00' },
    },
    validate: {
      title: (value) => (value.trim() ? null : t('plan.whatMissing')),
      due: ({ day, time }) => (day && time ? null : t('plan.whenMissing')),
    },
  });
  const plan = useMutation({
    mutationFn: ({ title, due }: Values) =>
      take(
        api.POST('/api/v1/reminders', {
          body: { leadId: lead.id, title: title.trim(), dueAt: instantOf(due.day!, due.time) },
        }),
      ),
    onSuccess: ({ dueAt }) => {
      tellDone(t('plan.done', { firm: firm.name, when: formatMoment(dueAt) }));
      onClose();
    },
    onError: (error) => {
      const rest = showFaults(form, error, { dueAt: 'due' });
      if (rest) tellFailure(error);
    },
    onSettled: () =>
      Promise.all(
        ['reminder', 'today', 'lead'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      ),
  });
  return (
    <form onSubmit={form.onSubmit((values) => plan.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t('plan.what')}
          withAsterisk
          maxLength={300}
          data-autofocus
          {...form.getInputProps('title')}
        />
        <MomentField label={t('plan.when')} withAsterisk minDate={today()} {...form.getInputProps('due')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'common' })}
          </Button>
          <Button type="submit" loading={plan.isPending}>
            {t('plan.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
