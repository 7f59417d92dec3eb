import { Button, Group, Stack, Text } from '@mantine/core';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentField, type Moment } from '../../components/moment-field';
import { instantOf, today } from '../../lib/format';

/** How far a task may be put off, in days; the server says the same. */
const FURTHEST = 90;

/** Until when: a day and a time; a chunk of its own, since few need the calendar. */
export default function PickTime({ onPick }: { onPick: (until: string) => void }) {
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
