import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconClockPause, IconDots, IconX } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { instantOf, today } from '../../lib/format';

type Step = components['schemas']['ReminderAnswer'];

/** Days from today to which a step can be put off at one press. */
const LATER = { tomorrow: 1, inThreeDays: 3, inAWeek: 7 } as const;
type Later = keyof typeof LATER;

type Act = { do: 'complete' | 'cancel' | 'reopen' } | { do: 'snooze'; days: number };

function send({ id }: Step, act: Act): Promise<Step> {
  const params = { path: { id } };
  switch (act.do) {
    case 'complete':
      return take(api.POST('/api/v1/reminders/{id}/complete', { params, body: {} }));
    case 'cancel':
      return take(api.POST('/api/v1/reminders/{id}/cancel', { params, body: {} }));
    case 'reopen':
      return take(api.POST('/api/v1/reminders/{id}/reopen', { params }));
    case 'snooze': {
      const day = dayjs(today()).add(act.days, 'day').format('YYYY-MM-DD');
      const body = { until: instantOf(day, '08:30') };
      return take(api.POST('/api/v1/reminders/{id}/snooze', { params, body }));
    }
  }
}

function useAct(step: Step) {
  const { t } = useTranslation('sequences');
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (act: Act) => send(step, act),
    onSuccess: (_saved, act) => {
      const undo = () => mutation.mutate({ do: 'reopen' });
      tellDone(t(`did.${act.do}`), act.do === 'complete' || act.do === 'cancel' ? undo : undefined);
    },
    onError: tellFailure,
    onSettled: () => {
      for (const topic of ['reminder', 'lead', 'today']) void client.invalidateQueries({ queryKey: [topic] });
    },
  });
  return mutation;
}

/** What one may do with a step that still waits; a mail goes out by itself, so it is only put off or called off. */
export function StepActions({ step }: { step: Step }) {
  const { t, i18n } = useTranslation('sequences');
  const act = useAct(step);
  if (step.status !== 'pending' && step.status !== 'open') return null;
  const title = i18n.language === 'en' ? step.titleEn : step.titleVi;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={act.isPending}
          aria-label={t('actions', { title })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {step.channel !== 'investor_email' && (
          <Menu.Item
            leftSection={<IconCheck size={16} aria-hidden />}
            onClick={() => act.mutate({ do: 'complete' })}
          >
            {t('complete')}
          </Menu.Item>
        )}
        {(Object.keys(LATER) as Later[]).map((name) => (
          <Menu.Item
            key={name}
            leftSection={<IconClockPause size={16} aria-hidden />}
            onClick={() => act.mutate({ do: 'snooze', days: LATER[name] })}
          >
            {t(`snooze.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => act.mutate({ do: 'cancel' })}>
          {t('cancel')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
