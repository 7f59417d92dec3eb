import { Button, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { MomentField, type Moment } from '../../components/moment-field';
import { today } from '../../lib/format';
import { dayName, freeTimesQuery, hours, type FreeTimesOfOfficer } from './meeting-queries';

export interface ChosenTime {
  /** One of the free times, an instant; null while none is chosen. */
  free: string | null;
  /** Another time than those: then this one counts. */
  other: boolean;
  moment: Moment;
}

export const noTime: ChosenTime = { free: null, other: false, moment: { day: null, time: '09:00' } };

interface TimeFieldProps {
  leadId: string;
  /** To be moved: its own time counts as free. */
  meetingId?: string;
  value: ChosenTime;
  onChange: (time: ChosenTime) => void;
  error?: React.ReactNode;
}

/** The times that an investor could choose too, or any other that was agreed on. */
export function TimeField({ leadId, meetingId, value, onChange, error }: TimeFieldProps) {
  const { t } = useTranslation('meetings');
  const { data, isPending } = useQuery(freeTimesQuery(leadId, meetingId));
  const none = !isPending && (data?.items.length ?? 0) === 0;
  const other = value.other || none;
  return (
    <Stack gap={4}>
      {other ? (
        <MomentField
          label={t('fields.time')}
          withAsterisk
          minDate={today()}
          value={value.moment}
          onChange={(moment) => onChange({ ...value, other: true, moment })}
          error={error}
        />
      ) : (
        <Select
          label={t('fields.time')}
          description={data?.officer && t('fields.freeOf', { officer: data.officer.name })}
          placeholder={t('fields.chooseTime')}
          withAsterisk
          searchable
          disabled={isPending}
          data={optionsOf(data)}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          value={value.free}
          onChange={(free) => onChange({ ...value, free })}
          error={error}
        />
      )}
      {none ? (
        <Text size="sm" c="dimmed">
          {t(data?.officer ? 'fields.noneFree' : 'fields.noOwner')}
        </Text>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange({ ...value, other: !value.other })}
        >
          {t(value.other ? 'fields.freeTimes' : 'fields.otherTime')}
        </Button>
      )}
    </Stack>
  );
}

function optionsOf(data: FreeTimesOfOfficer | undefined) {
  const days = new Map<string, { value: string; label: string }[]>();
  for (const time of data?.items ?? []) {
    const day = dayName(time.startsAt);
    const label = `${hours(time)} · ${day}`;
    days.set(day, [...(days.get(day) ?? []), { value: time.startsAt, label }]);
  }
  return [...days].map(([group, items]) => ({ group, items }));
}
