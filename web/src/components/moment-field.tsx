import { Group, Input } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useId } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { DayField } from './day-field';

export interface Moment {
  /** `YYYY-MM-DD`; null: none. */
  day: string | null;
  /** `HH:mm`, local. */
  time: string;
}

const NO_MOMENT: Moment = { day: null, time: '' };

interface MomentFieldProps {
  label: string;
  value?: Moment;
  onChange?: (moment: Moment) => void;
  error?: React.ReactNode;
  minDate?: string;
  maxDate?: string;
  withAsterisk?: boolean;
  clearable?: boolean;
}

/** A local day and its time. Import it only in pages that load on demand: it brings a calendar. */
export function MomentField({ label, error, withAsterisk, ...props }: MomentFieldProps) {
  const { value = NO_MOMENT, onChange = () => undefined, ...limits } = props;
  const { t } = useTranslation();
  const id = useId();
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ htmlFor: id }}
      withAsterisk={withAsterisk}
      error={error}
      errorProps={{ id: `${id}-error` }}
    >
      <Group gap="xs" wrap="nowrap">
        <DayField
          {...limits}
          id={id}
          flex={1}
          value={value.day}
          onChange={(day) => onChange({ ...value, day })}
          error={Boolean(error)}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <TimePicker
          w={100}
          format="24h"
          aria-label={t('timeOf', { what: label })}
          hoursInputLabel={t('hoursOf', { what: label })}
          minutesInputLabel={t('minutesOf', { what: label })}
          value={value.time}
          onChange={(time) => onChange({ ...value, time: time.slice(0, 5) })}
        />
      </Group>
    </Input.Wrapper>
  );
}
