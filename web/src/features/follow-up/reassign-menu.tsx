import { ActionIcon, Menu, ScrollArea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '../../components/selects';
import { useMe } from '../../lib/session';
import { titleOf, useReminderChange, type Reminder } from './reminder-actions';

/** Hands a task to a colleague at one press. */
export function ReassignMenu({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('reminders');
  const me = useMe();
  const { data } = useQuery(colleaguesQuery);
  const { mutate } = useReminderChange();
  const others = (data ?? []).filter(({ id }) => id !== reminder.owner?.id);
  return (
    <Menu position="bottom-end" shadow="md" disabled={others.length === 0}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('reassign.label', { title: titleOf(reminder), firm: reminder.firm.name })}
        >
          <IconUserShare size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('reassign.to')}</Menu.Label>
        <ScrollArea.Autosize mah={280} type="auto">
          {others.map(({ id, name }) => (
            <Menu.Item
              key={id}
              onClick={() => mutate({ reminder, change: { do: 'reassign', owner: { id, name } } })}
            >
              {id === me.id ? t('reassign.me', { name }) : name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
