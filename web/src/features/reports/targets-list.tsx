import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../lib/format';
import { OpenRows } from './figures';
import type { TargetsReport } from './report-queries';
import { rowsOf } from './rows';

export type Target = TargetsReport['groups'][number];

/** @example "3–4 cụm", "từ 11/11 huyện" */
export function useTargetWords() {
  const { t } = useTranslation('reports');
  return ({ minValue, maxValue, ofValue, unitLabel }: Target): string => {
    const goal =
      maxValue === null
        ? t('target.atLeast', { min: formatNumber(minValue) })
        : `${formatNumber(minValue)}–${formatNumber(maxValue)}`;
    const of = ofValue === null ? '' : ` / ${formatNumber(ofValue)}`;
    return `${goal}${of} ${unitLabel}`;
  };
}

/** Reached or not, and where not even that is known, so. */
export function TargetState({ target }: { target: Target }) {
  const { t } = useTranslation('reports');
  const { reached } = target.figures;
  const state = reached === null ? 'unknown' : reached ? 'reached' : 'notYet';
  const color = { unknown: 'gray', reached: 'pine', notYet: 'orange' }[state];
  return (
    <Badge variant="light" color={color} c="var(--mantine-color-text)" flex="none">
      {t(`target.${state}`)}
    </Badge>
  );
}

/** The value and what it is part of; unknown is never a number. */
export function TargetValue({ target }: { target: Target }) {
  const { t } = useTranslation('reports');
  const { value, of, counted } = target.figures;
  if (value === null)
    return (
      <Text span inherit c="dimmed">
        {t('unknown', { ns: 'common' })}
      </Text>
    );
  const words = `${formatNumber(value)}${of === null ? '' : ` / ${formatNumber(of)}`}`;
  if (target.measuredBy === 'hand' || counted.value === 0) return <>{words}</>;
  return (
    <OpenRows source={rowsOf(counted.rows, { title: target.label, count: counted.value })}>{words}</OpenRows>
  );
}

/** Of when the value is and who says so, what is missing, and what it was before. */
export function TargetSource({ target }: { target: Target }) {
  const { t } = useTranslation('reports');
  const { asOf, source, reason, undecided } = target.figures;
  const [, before] = target.reported;
  const missing = t('target.undecided', {
    count: undecided.value,
    number: formatNumber(undecided.value),
  });
  return (
    <>
      {reason ? t(`target.${reason}`) : null}
      {!reason && asOf && source
        ? t(source === 'clusters' ? 'target.fromClusters' : 'target.reportedBy', {
            day: formatDay(asOf),
            source,
          })
        : null}
      {before &&
        ` · ${t('target.before', { value: formatNumber(before.value), day: formatDay(before.asOf) })}`}
      {undecided.value > 0 && (
        <>
          {' · '}
          <OpenRows
            source={rowsOf(undecided.rows, { title: `${target.label}: ${missing}`, count: undecided.value })}
          >
            {missing}
          </OpenRows>
        </>
      )}
    </>
  );
}

function OneTarget({ target }: { target: Target }) {
  const { t } = useTranslation('reports');
  const goal = useTargetWords();
  return (
    <Stack
      component="li"
      gap={2}
      style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}
      pt="xs"
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Text size="sm" fw={500}>
          {target.label}
        </Text>
        <TargetState target={target} />
      </Group>
      <Text>
        <Text span inherit fw={700}>
          <TargetValue target={target} />
        </Text>{' '}
        <Text span size="sm">
          {t('target.goal', { goal: goal(target), due: formatDay(target.due) })}
        </Text>
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <TargetSource target={target} />
      </Text>
    </Stack>
  );
}

/** The plan's targets at a glance. */
export function TargetsList({ report }: { report: TargetsReport }) {
  return (
    <SimpleGrid
      component="ul"
      cols={{ base: 1, lg: 2 }}
      spacing="xl"
      verticalSpacing="sm"
      m={0}
      p={0}
      style={{ listStyle: 'none' }}
    >
      {report.groups.map((target) => (
        <OneTarget key={target.key} target={target} />
      ))}
    </SimpleGrid>
  );
}
