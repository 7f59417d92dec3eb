import {
  ActionIcon,
  Anchor,
  Card,
  Group,
  Stack,
  Text,
  Tooltip,
  VisuallyHidden,
  type CardProps,
} from '@mantine/core';
import { useDraggable } from '@dnd-kit/core';
import { Link } from '@tanstack/react-router';
import { IconGripVertical, IconHourglassLow } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/money';
import { now } from '../../lib/clock';
import { formatHa, formatTime, local } from '../../lib/format';
import type { Stage } from '../../lib/pipelines';
import { MoveMenu } from './board-move-menu';
import { LeadMarks } from './pipeline-marks';
import type { LeadRow } from './stage-move';

const CLUSTERS_SHOWN = 2;

export const gripId = (leadId: string): string => `grip-${leadId}`;

function Clusters({ lead }: { lead: LeadRow }) {
  const { t } = useTranslation('pipeline');
  const names = lead.clusters.slice(0, CLUSTERS_SHOWN).map(({ name }) => name);
  const more = lead.clusters.length - names.length;
  if (names.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('noCluster')}
      </Text>
    );
  return (
    <Text size="xs" lineClamp={2}>
      {names.join(' · ')}
      {more > 0 && ` · ${t('moreClusters', { count: more })}`}
    </Text>
  );
}

function TimeInStage({ since }: { since: string }) {
  const { t } = useTranslation('pipeline');
  return (
    <Tooltip label={t('inStage', { since: formatTime(since) })}>
      <Group gap={4} wrap="nowrap" c="dimmed" style={{ flexShrink: 0 }}>
        <IconHourglassLow size={13} aria-hidden />
        <VisuallyHidden>{t('timeInStage')}</VisuallyHidden>
        <Text size="xs" component="time" dateTime={since}>
          {local(since).from(now(), true)}
        </Text>
      </Group>
    </Tooltip>
  );
}

/** What a card says: who, where, how much, whose, since when, and what is amiss. */
export function LeadFacts({ lead, stages }: { lead: LeadRow; stages: readonly Stage[] }) {
  const { t } = useTranslation('pipeline');
  return (
    <>
      <Clusters lead={lead} />
      <Group gap={8} wrap="wrap">
        <Text size="xs" c={lead.areaHa === null ? 'dimmed' : undefined}>
          {lead.areaHa === null ? t('areaUnknown') : formatHa(lead.areaHa)}
        </Text>
        <Text size="xs" component="div">
          {lead.capital.committed ? (
            <Money value={lead.capital.committed} />
          ) : (
            <Text span inherit c="dimmed">
              {t('capitalUnknown')}
            </Text>
          )}
        </Text>
      </Group>
      <LeadMarks lead={lead} stages={stages} />
      <Group justify="space-between" gap={8} wrap="nowrap">
        <Text size="xs" truncate c={lead.owner ? undefined : 'dimmed'}>
          {lead.owner?.name ?? t('noOwner')}
        </Text>
        <TimeInStage since={lead.stageSince} />
      </Group>
    </>
  );
}

interface FrameProps extends CardProps {
  ref?: React.Ref<HTMLDivElement>;
  children: React.ReactNode;
}

function Frame({ children, ...props }: FrameProps) {
  return (
    <Card withBorder padding="xs" radius="md" shadow="xs" {...props}>
      <Stack gap={6}>{children}</Stack>
    </Card>
  );
}

interface LeadCardProps {
  lead: LeadRow;
  stages: readonly Stage[];
  move?: (lead: LeadRow, to: string | null) => void;
}

export function FirmLink({ lead }: { lead: LeadRow }) {
  return (
    <Anchor
      component={Link}
      to={`/leads/${lead.id}`}
      size="sm"
      fw={600}
      lineClamp={2}
      c="var(--mantine-color-text)"
      draggable={false}
      data-row
      style={{ flex: 1, minWidth: 0 }}
    >
      {lead.firm.name}
    </Anchor>
  );
}

/** A card that stands still: in a list of a narrow screen, and under the pointer while it is moved. */
export function StillCard({ lead, stages, move, top }: LeadCardProps & { top?: React.ReactNode }) {
  return (
    <Frame>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <FirmLink lead={lead} />
        {move && <MoveMenu lead={lead} stages={stages} move={move} />}
      </Group>
      {top}
      <LeadFacts lead={lead} stages={stages} />
    </Frame>
  );
}

/** Dragged anywhere by the mouse, by its handle with the keyboard, or moved by its menu. */
export const BoardCard = memo(function BoardCard({
  lead,
  stages,
  move,
}: LeadCardProps & { move: NonNullable<LeadCardProps['move']> }) {
  const { t } = useTranslation('pipeline');
  const { listeners, attributes, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({
    id: lead.id,
    data: { lead },
  });
  const { onKeyDown, ...pointer } = listeners ?? {};
  return (
    <Frame
      ref={setNodeRef}
      {...pointer}
      style={{ opacity: isDragging ? 0.4 : 1, cursor: 'grab', flexShrink: 0 }}
    >
      <Group gap={2} wrap="nowrap" align="flex-start">
        <FirmLink lead={lead} />
        <ActionIcon
          id={gripId(lead.id)}
          ref={setActivatorNodeRef}
          variant="subtle"
          color="gray"
          size="sm"
          {...attributes}
          onKeyDown={onKeyDown as React.KeyboardEventHandler}
          aria-label={t('drag.handle', { firm: lead.firm.name })}
          aria-roledescription={t('drag.role')}
          style={{ cursor: 'grab' }}
        >
          <IconGripVertical size={16} aria-hidden />
        </ActionIcon>
        <MoveMenu lead={lead} stages={stages} move={move} />
      </Group>
      <LeadFacts lead={lead} stages={stages} />
    </Frame>
  );
});
