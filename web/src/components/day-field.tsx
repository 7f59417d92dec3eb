import '@mantine/dates/styles.css';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../lib/format';

/** "30/4/2026", "30-04-2026" or "2026-04-30" as a day; null when it is none. */
function readDay(typed: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed.trim());
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim());
  const [year, month, day] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : [];
  if (!year || !month || !day) return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}

type Bound = 'valueFormat' | 'dateParser' | 'locale' | 'value' | 'onChange';

interface DayFieldProps extends Omit<DateInputProps, Bound> {
  /** `YYYY-MM-DD`; empty or null: none. */
  value?: string | null;
  onChange?: (day: string | null) => void;
}

/** A day, typed as dd/mm/yyyy or picked. Import it only in pages that load on demand: it brings a calendar. */
export function DayField({ value, ...props }: DayFieldProps) {
  const { t, i18n } = useTranslation();
  return (
    <DateInput
      {...props}
      value={value || null}
      valueFormat={formatDay}
      dateParser={readDay}
      locale={i18n.language === 'en' ? 'en' : 'vi'}
      firstDayOfWeek={1}
      placeholder={props.placeholder ?? t('calendar.format')}
      clearButtonProps={{ 'aria-label': t('calendar.clear') }}
      ariaLabels={{
        monthLevelControl: t('calendar.chooseMonth'),
        yearLevelControl: t('calendar.chooseYear'),
        nextMonth: t('calendar.nextMonth'),
        previousMonth: t('calendar.previousMonth'),
        nextYear: t('calendar.nextYear'),
        previousYear: t('calendar.previousYear'),
        nextDecade: t('calendar.nextDecade'),
        previousDecade: t('calendar.previousDecade'),
      }}
    />
  );
}
