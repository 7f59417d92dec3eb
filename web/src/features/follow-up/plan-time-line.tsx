import { Box, Button, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconFlag, IconListCheck, IconMail, IconPlus, IconUserUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { tellDone } from '../../components/tell';
import { formatDay, instantOf, today } from '../../lib/format';
import { MOST_STEPS, newStep, type PlanForm } from './plan-form';
import { PlanGap } from './plan-gap';
import { sampleDatesQuery, type Offset, type SampleDates } from './plan-queries';
import { PlanStep } from './plan-step';
import { usePlanWords, weekday } from './plan-words';

const ICONS = { investor_email: IconMail, officer_task: IconListCheck, manager_escalation: IconUserUp };

/** The days of each step if a round were closed on `day`; a step that is half typed keeps the others' days. */
function useSample(form: PlanForm, day: string): SampleDates | undefined {
  const [offsets] = useDebouncedValue(
    form.values.steps.map(({ amount, unit }): Offset => ({ amount: amount === '' ? 0 : amount, unit })),
    250,
  );
  return useQuery(sampleDatesQuery(day, offsets)).data;
}

/** Which step is being written; after a refused save the first that has a fault. */
function useOpenStep(form: PlanForm) {
  const [open, setOpen] = useState<string | null>(null);
  const { errors } = form;
  useEffect(() => {
    const faulty = Object.keys(errors).flatMap((path) => /^steps\.(\d+)\./.exec(path)?.[1] ?? []);
    const rows = faulty.flatMap((index) => form.getValues().steps[Number(index)]?.row ?? []);
    if (rows.length > 0) setOpen((now) => (now && rows.includes(now) ? now : rows[0]!));
    // once for each refusal
  }, [errors]);
  return [open, setOpen] as const;
}

/** The steps on a line of real days, for a sample round. */
export function PlanTimeLine({ form, mayWrite }: { form: PlanForm; mayWrite: boolean }) {
  const { t } = useTranslation('plans');
  const [day, setDay] = useState(today);
  const [open, setOpen] = useOpenStep(form);
  const sample = useSample(form, day);
  const { steps } = form.values;
  const list = useStepList(form, setOpen);
  const before = (index: number) => (index === 0 ? day : sample?.steps[index - 1]?.day) ?? day;
  const gap = (index: number) => {
    const until = sample?.steps[index]?.day ?? '';
    return (sample?.days ?? []).filter((one) => one.day > before(index) && one.day < until);
  };
  return (
    <Stack gap="md">
      <SampleDay day={day} onChange={setDay} />
      <Timeline bulletSize={30} lineWidth={2} active={-1}>
        <Timeline.Item bullet={<IconFlag size={16} aria-hidden />}>
          <Text fw={600}>{t('closed')}</Text>
          <Text size="sm" c="dimmed">
            {weekday(instantOf(day, '12:00'))}, {formatDay(day)}
          </Text>
          <PlanGap days={gap(0)} />
        </Timeline.Item>
        {steps.map((step, index) => {
          const Symbol = ICONS[step.channel];
          return (
            <Timeline.Item key={step.row} bullet={<Symbol size={16} aria-hidden />}>
              <PlanStep
                form={form}
                index={index}
                sample={sample?.steps[index]}
                days={sample?.days ?? []}
                mayWrite={mayWrite}
                open={open === step.row}
                onToggle={() => setOpen(open === step.row ? null : step.row)}
                onMove={(to) => form.reorderListItem('steps', { from: index, to })}
                onRemove={() => list.remove(index)}
              />
              {index < steps.length - 1 && <PlanGap days={gap(index + 1)} />}
            </Timeline.Item>
          );
        })}
      </Timeline>
      {mayWrite && (
        <Box pl={46}>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={steps.length >= MOST_STEPS}
            onClick={list.add}
          >
            {t('addStep')}
          </Button>
        </Box>
      )}
    </Stack>
  );
}

function SampleDay({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const { t } = useTranslation('plans');
  return (
    <Group justify="space-between" align="flex-end">
      <Title order={2} size="h4">
        {t('steps')}
      </Title>
      <DayField
        w={220}
        label={t('sampleDay')}
        value={day}
        onChange={(chosen) => chosen && onChange(chosen)}
      />
    </Group>
  );
}

function useStepList(form: PlanForm, open: (row: string) => void) {
  const { t } = useTranslation('plans');
  const { title } = usePlanWords();
  return {
    add: () => {
      const step = newStep(form.getValues().steps.at(-1));
      form.insertListItem('steps', step);
      open(step.row);
    },
    remove: (index: number) => {
      const step = form.getValues().steps[index]!;
      form.removeListItem('steps', index);
      tellDone(t('removed', { title: title(step) || t('newStep') }), () =>
        form.insertListItem('steps', step, index),
      );
    },
  };
}
