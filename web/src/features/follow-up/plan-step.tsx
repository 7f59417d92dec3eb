import { ActionIcon, Anchor, Badge, Box, Button, Collapse, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatHour, inLanguage } from '../../lib/format';
import { templatesQuery } from '../messaging/template-queries';
import type { PlanForm, StepDraft } from './plan-form';
import type { SampleDates } from './plan-queries';
import { PlanStepFields } from './plan-step-fields';
import { usePlanWords, weekday } from './plan-words';

type Sample = SampleDates['steps'][number];

interface StepProps {
  form: PlanForm;
  index: number;
  sample: Sample | undefined;
  days: SampleDates['days'];
  mayWrite: boolean;
  open: boolean;
  onToggle: () => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One step: its day for the sample round, what happens, and its fields when it is being written. */
export function PlanStep({ form, index, sample, days, mayWrite, open, ...act }: StepProps) {
  const { t } = useTranslation('plans');
  const step = form.values.steps[index]!;
  const { title } = usePlanWords();
  const wrong = Object.keys(form.errors).some((path) => path.startsWith(`steps.${index}.`));
  const what = title(step) || t('newStep');
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label={t('stepNumber', { number: index + 1, title: what })}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Box miw={0}>
          <SampleDay sample={sample} days={days} />
          <Text fw={600} mt={4}>
            {what}
          </Text>
          <StepWords step={step} />
          {wrong && !open && (
            <Text size="sm" c="error">
              {t('hasFaults')}
            </Text>
          )}
        </Box>
        {mayWrite && <StepButtons {...act} index={index} last={form.values.steps.length - 1} what={what} />}
      </Group>
      {mayWrite && (
        <>
          <Button
            mt="xs"
            size="compact-sm"
            variant={open ? 'light' : 'subtle'}
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-expanded={open}
            aria-label={t(open ? 'closeStep' : 'editStep', { title: what })}
            onClick={act.onToggle}
          >
            {t(open ? 'close' : 'edit', { ns: 'common' })}
          </Button>
          <Collapse expanded={open}>
            <Box pt="sm">{open && <PlanStepFields form={form} index={index} />}</Box>
          </Collapse>
        </>
      )}
    </Paper>
  );
}

function SampleDay({ sample, days }: Pick<StepProps, 'sample' | 'days'>) {
  const { t } = useTranslation('plans');
  const { reason } = usePlanWords();
  if (!sample) return <Text c="dimmed">{t('noDay')}</Text>;
  const moved = sample.movedFrom && days.find(({ day }) => day === sample.movedFrom);
  return (
    <>
      <Text fw={700} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <time dateTime={sample.dueAt}>
          {weekday(sample.dueAt)}, {formatDay(sample.day)}
        </time>{' '}
        <Text span size="sm" c="dimmed">
          {formatHour(sample.dueAt)}
        </Text>
      </Text>
      {sample.movedFrom && (
        <Text size="sm">
          {t('movedFrom', { day: formatDay(sample.movedFrom), reason: moved ? reason(moved) : '' })}
        </Text>
      )}
    </>
  );
}

function StepWords({ step }: { step: StepDraft }) {
  const { t } = useTranslation('plans');
  const { offset, channel, conditions } = usePlanWords();
  const { data } = useQuery(templatesQuery);
  const letter = data?.items.find(({ id }) => id === step.templateId);
  return (
    <>
      <Text size="sm" c="dimmed">
        {offset(step)} · {channel(step)}
      </Text>
      {letter && (
        <Text size="sm">
          {t(step.channel === 'investor_email' ? 'letter' : 'notice')}:{' '}
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link {...props} to="/templates/$templateId" params={{ templateId: letter.id }} />
            )}
          >
            {inLanguage(letter)}
          </Anchor>
        </Text>
      )}
      <Group gap={6} mt={conditions(step).length ? 6 : 0}>
        {conditions(step).map((words) => (
          <Badge key={words} variant="outline" tt="none" fw={500}>
            {words}
          </Badge>
        ))}
      </Group>
    </>
  );
}

interface ButtonsProps extends Pick<StepProps, 'onMove' | 'onRemove'> {
  index: number;
  last: number;
  what: string;
}

function StepButtons({ index, last, what, onMove, onRemove }: ButtonsProps) {
  const { t } = useTranslation('plans');
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        aria-label={t('earlier', { title: what })}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t('later', { title: what })}
        disabled={index === last}
        onClick={() => onMove(index + 1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={t('remove', { title: what })}
        disabled={last === 0}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
