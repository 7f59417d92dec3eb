import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import type { components } from '../../api/schema';
import { formatDay, local, today } from '../../lib/format';

type Day = components['schemas']['DayAnswer'];

interface Span {
  vi: string;
  en: string;
  first: string;
  last: string;
}

/** Holidays of one name that follow each other are one span; ordinary weekends are none. */
function spansOf(days: Day[]): Span[] {
  const spans: Span[] = [];
  for (const { day, working, reason } of days) {
    if (working || !reason || reason.kind === 'weekly_day_off') continue;
    const before = spans.at(-1);
    if (before?.vi === reason.vi) before.last = day;
    else spans.push({ vi: reason.vi, en: reason.en, first: day, last: day });
  }
  return spans;
}

/** At most a year is asked for. */
const LONGEST = 365;

/** The holidays until a day: nothing goes out on them, what would fall on one comes on the next working day. */
export function CloseHolidays({ until }: { until: string }) {
  const { t, i18n } = useTranslation('close-round');
  const from = today();
  const latest = local(`${from}T00:00:00Z`).add(LONGEST, 'day').format('YYYY-MM-DD');
  const to = until < latest ? until : latest;
  const { data } = useQuery({
    queryKey: ['calendar', 'holidays', from, to],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/calendar/working-days', { signal, params: { query: { from, to } } })),
    enabled: from <= to,
  });
  const spans = spansOf(data?.items ?? []);
  if (spans.length === 0) return null;
  const wordsOf = ({ first, last, vi, en }: Span) =>
    `${first === last ? formatDay(first) : `${formatDay(first)} – ${formatDay(last)}`} (${i18n.language === 'en' ? en : vi})`;
  return (
    <Alert variant="light" role="note" icon={<IconCalendarOff aria-hidden />} title={t('holidays.title')}>
      {spans.map(wordsOf).join('; ')}. {t('holidays.text')}
    </Alert>
  );
}
