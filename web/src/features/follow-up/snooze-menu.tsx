import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar, IconClockPause } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentField, type Moment } from '../../components/moment-field';
import { instantOf, today } from '../../lib/format';
import { formatMoment, laterTimes } from '../../lib/moments';
import { titleOf, useReminderChange, type Reminder } from './reminder-actions';

/** How far a task may be put off, in days; the server says the same. */
const FURTHEST = 90;

/** Puts a task off at one press: later today, tomorrow, next Monday, or a chosen day. */
export function SnoozeMenu({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('reminders');
  const { mutate } = useReminderChange();
  const [choosing, { open, close }] = useDisclosure(false);
  const snooze = (until: string) => mutate({ reminder, change: { do: 'snooze', until } });
  const times = laterTimes();
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
          {(['laterToday', 'tomorrow', 'nextMonday'] as const).map((name) => {
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
          })}
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
        <PickTime
          onPick={(until) => {
            close();
            snooze(until);
          }}
        />
      </Modal>
    </>
  );
}

function PickTime({ onPick }: { onPick: (until: string) => void }) {
  const { t } = useTranslation('reminders');
  const [moment, setMoment] = useState<Moment>({
    day: dayjs(today()).add(1, 'day').format('YYYY-MM-DD'),
    time: '08:30',
  });
  const { day, time } = moment;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (day && time) onPick(instantOf(day, time));
      }}
    >
      <Stack>
        <MomentField
          label={t('snooze.until')}
          value={moment}
          onChange={setMoment}
          minDate={today()}
          maxDate={dayjs(today()).add(FURTHEST, 'day').format('YYYY-MM-DD')}
        />
        <Text size="sm" c="dimmed">
          {t('snooze.workingTime')}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" disabled={!day || !time}>
            {t('snooze.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
