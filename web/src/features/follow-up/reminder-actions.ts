import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { formatMoment } from '../../lib/moments';

export type Reminder = components['schemas']['ReminderAnswer'];
export type Completion = components['schemas']['CompleteReminder'];

export type Change =
  | { do: 'complete'; body: Completion }
  | { do: 'cancel' }
  | { do: 'reopen' }
  | { do: 'snooze'; until: string }
  | { do: 'unsnooze'; dueAt: string }
  | { do: 'reassign'; owner: { id: string; name: string } };

interface Asked {
  reminder: Reminder;
  change: Change;
}

const KEY = ['reminder-change'];

export const titleOf = ({ titleVi, titleEn }: Pick<Reminder, 'titleVi' | 'titleEn'>): string =>
  i18n.language === 'en' ? titleEn : titleVi;

function send({ reminder, change }: Asked): Promise<Reminder> {
  const params = { path: { id: reminder.id } };
  switch (change.do) {
    case 'complete':
      return take(api.POST('/api/v1/reminders/{id}/complete', { params, body: change.body }));
    case 'cancel':
      return take(api.POST('/api/v1/reminders/{id}/cancel', { params, body: {} }));
    case 'reopen':
      return take(api.POST('/api/v1/reminders/{id}/reopen', { params }));
    case 'snooze':
      return take(api.POST('/api/v1/reminders/{id}/snooze', { params, body: { until: change.until } }));
    case 'unsnooze':
      return take(api.POST('/api/v1/reminders/{id}/unsnooze', { params, body: { dueAt: change.dueAt } }));
    case 'reassign':
      return take(
        api.POST('/api/v1/reminders/{id}/reassign', { params, body: { ownerId: change.owner.id } }),
      );
  }
}

/** What puts things back as they were; nothing for what is itself a step back. */
function undoOf({ reminder, change }: Asked): Change | null {
  if (change.do === 'complete' || change.do === 'cancel') return { do: 'reopen' };
  if (change.do === 'snooze') return { do: 'unsnooze', dueAt: reminder.dueAt };
  if (change.do === 'reassign' && reminder.owner) return { do: 'reassign', owner: reminder.owner };
  return null;
}

/**
 * Completing, calling off, putting off and handing over tasks. A change shows at once: lists leave out what `useChanging` names.
 * It stays so until the lists are read again, or until the server refuses, and then the row is back by itself.
 */
export function useReminderChange() {
  const { t } = useTranslation('reminders');
  const client = useQueryClient();
  const mutation = useMutation({
    mutationKey: KEY,
    mutationFn: send,
    onSuccess: (saved, asked) => {
      const { change, reminder } = asked;
      const undo = undoOf(asked);
      const words = {
        firm: reminder.firm.name,
        when: formatMoment(saved.dueAt),
        name: saved.owner?.name ?? '',
      };
      tellDone(
        t(`did.${change.do}`, words),
        undo ? () => mutation.mutate({ reminder, change: undo }) : undefined,
      );
    },
    onError: tellFailure,
    onSettled: () =>
      Promise.all(
        ['reminder', 'today', 'lead'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      ),
  });
  return mutation;
}

/** Tasks whose change is on its way: lists do not show them. */
export function useChanging(): ReadonlySet<string> {
  const ids = useMutationState({
    filters: { mutationKey: KEY, status: 'pending' },
    select: ({ state }) => (state.variables as Asked | undefined)?.reminder.id,
  });
  return new Set(ids.filter((id) => id !== undefined));
}
