import { ActionIcon, Menu, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar, IconClockPause } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, laterTimes } from '../../lib/moments';
import { titleOf, useReminderChange, type Reminder } from './reminder-actions';

const PickTime = lazy(() => import('./snooze-pick'));

/** Puts a task off at one press: later today, tomorrow, next Monday, or a chosen day. */
export function SnoozeMenu({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('reminders');
  const { mutate } = useReminderChange();
  const [choosing, { open, close }] = useDisclosure(false);
  const snooze = (until: string) => mutate({ reminder, change: { do: 'snooze', until } });
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={36}
            data-act="snooze"
            aria-label={t('snooze.label', { title: titleOf(reminder), firm: reminder.firm.name })}
          >
            <IconClockPause size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('snooze.to')}</Menu.Label>
          <Usual snooze={snooze} />
          <Menu.Item leftSection={<IconCalendar size={16} aria-hidden />} onClick={open}>
            {t('snooze.pick')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={choosing}
        onClose={close}
        title={t('snooze.pickTitle')}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
      >
        <Suspense>
          <PickTime
            onPick={(until) => {
              close();
              snooze(until);
            }}
          />
        </Suspense>
      </Modal>
    </>
  );
}

/** The moments that are chosen most, as far as they still lie ahead. */
function Usual({ snooze }: { snooze: (until: string) => void }) {
  const { t } = useTranslation('reminders');
  const times = laterTimes();
  return (['laterToday', 'tomorrow', 'nextMonday'] as const).map((name) => {
    const until = times[name];
    return (
      until && (
        <Menu.Item
          key={name}
          onClick={() => snooze(until)}
          rightSection={
            <Text span size="xs" c="dimmed">
              {formatMoment(until)}
            </Text>
          }
        >
          {t(`snooze.${name}`)}
        </Menu.Item>
      )
    );
  });
}
