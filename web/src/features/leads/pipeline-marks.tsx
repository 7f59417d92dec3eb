import { Badge, Group } from '@mantine/core';
import {
  IconBellOff,
  IconClockExclamation,
  IconMailQuestion,
  IconMoonStars,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import type { Stage } from '../../lib/pipelines';
import { isExit, type LeadRow } from './stage-move';

function Mark({ icon: Symbol, color, words }: { icon: Icon; color: string; words: string }) {
  return (
    <Badge
      variant="light"
      color={color}
      size="sm"
      radius="sm"
      tt="none"
      fw={600}
      c="var(--mantine-color-text)"
      miw="max-content"
      fz={11}
      leftSection={<Symbol size={13} aria-hidden />}
    >
      {words}
    </Badge>
  );
}

interface MarksProps {
  lead: LeadRow;
  stages: readonly Stage[];
  /** Beside it a column says that there is no next action. */
  nextActionShown?: boolean;
}

/** What is amiss with a lead, in a word beside its sign. */
export function LeadMarks({ lead, stages, nextActionShown = false }: MarksProps) {
  const { t } = useTranslation('pipeline');
  const done = stages.some(({ code, isFinal }) => code === lead.stage && isFinal);
  const idle =
    !nextActionShown &&
    !done &&
    !isExit(lead.stage) &&
    (lead.nextAction === null || lead.nextActionAt === null);
  const asleep = lead.stage === 'dormant' && lead.wakeOn;
  if (!lead.unanswered && !lead.stale && !idle && !asleep) return null;
  return (
    <Group gap={4}>
      {lead.unanswered && <Mark icon={IconMailQuestion} color="red" words={t('mark.unanswered')} />}
      {lead.stale && <Mark icon={IconClockExclamation} color="orange" words={t('mark.stale')} />}
      {idle && <Mark icon={IconBellOff} color="grape" words={t('mark.idle')} />}
      {asleep && (
        <Mark icon={IconMoonStars} color="indigo" words={t('mark.wakeOn', { day: formatDay(asleep) })} />
      )}
    </Group>
  );
}
