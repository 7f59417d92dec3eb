import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Day } from './plan-queries';
import { shortSpan, spansOf, usePlanWords } from './plan-words';

/** More weekends than this are counted instead of listed. */
const LISTED_WEEKENDS = 2;

/** What is skipped between two steps: holidays by name, weekends, and days that work out of turn. */
export function PlanGap({ days }: { days: Day[] }) {
  const { t } = useTranslation('plans');
  const { reason } = usePlanWords();
  if (days.length === 0) return null;
  const spans = spansOf(days, reason);
  const weekends = spans.filter((span) => span.kind === 'weekly_day_off');
  const counted = weekends.length > LISTED_WEEKENDS;
  const shown = spans.filter((span) => !counted || span.kind !== 'weekly_day_off');
  return (
    <Group gap={6} mt="xs" role="group" aria-label={t('skipped')}>
      {shown.map((span) => (
        <Badge
          key={span.from}
          variant="light"
          tt="none"
          fw={500}
          color={span.kind === 'weekly_day_off' ? 'gray' : span.kind === 'working_day' ? 'blue' : 'orange'}
          styles={{ label: { whiteSpace: 'normal' }, root: { height: 'auto', minHeight: 20 } }}
          autoContrast
          c="var(--mantine-color-text)"
        >
          {shortSpan(span)} {span.name}
        </Badge>
      ))}
      {counted && (
        <Text size="xs" c="dimmed">
          {t('weekends', { count: weekends.reduce((sum, { days: count }) => sum + count, 0) })}
        </Text>
      )}
    </Group>
  );
}
