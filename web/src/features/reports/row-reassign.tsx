import { ActionIcon, Menu, ScrollArea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '../../components/selects';
import { tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { useReminderChange } from '../follow-up/reminder-actions';

/** Hands a task of a report's row to a colleague; it can be taken back. */
export function RowReassign({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('reports');
  const client = useQueryClient();
  const { data } = useQuery(colleaguesQuery);
  const { mutateAsync } = useReminderChange();
  const hand = async (owner: { id: string; name: string }) => {
    const reminder = await take(api.GET('/api/v1/reminders/{id}', { params: { path: { id } } }));
    if (reminder.owner?.id === owner.id) return;
    await mutateAsync({ reminder, change: { do: 'reassign', owner } });
    await client.invalidateQueries({ queryKey: ['report'] });
  };
  return (
    <Menu position="bottom-end" shadow="md" disabled={!data?.length}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('reassign.label', { task: name })}>
          <IconUserShare size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('reassign.to')}</Menu.Label>
        <ScrollArea.Autosize mah={280} type="auto">
          {data?.map((colleague) => (
            <Menu.Item key={colleague.id} onClick={() => void hand(colleague).catch(tellFailure)}>
              {colleague.name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
