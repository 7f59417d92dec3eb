import {
  ActionIcon,
  Box,
  Button,
  Center,
  Group,
  Paper,
  Skeleton,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { useDroppable } from '@dnd-kit/core';
import { IconArrowBarToRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { ErrorState } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatHa, formatMoney, formatNumber } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useStageName, type LeadKind, type Stage } from '../../lib/pipelines';
import { BoardCard, StillCard } from './board-card';
import { toQuery, type Filters } from './pipeline-filters';
import { usePendingMoves, type LeadRow } from './stage-move';

type Figures = components['schemas']['PipelineFigures'];

const PAGE = 20;

/** The leads of one stage, page by page, with the moves that are under way. */
export function useColumn(kind: LeadKind, stage: string, filters: Filters) {
  const pages = usePages(['lead', 'board', kind, stage, filters], (cursor, signal) =>
    take(
      api.GET('/api/v1/leads', {
        signal,
        params: { query: { ...toQuery({ ...filters, stage }), kind, limit: PAGE, cursor } },
      }),
    ),
  );
  const moves = usePendingMoves<LeadRow>();
  const leaving = new Set(moves.filter(({ body }) => body.to !== stage).map(({ lead }) => lead.id));
  const coming = moves.filter(({ lead, body }) => body.to === stage && lead.kind === kind && lead.firm);
  const here = new Set(coming.map(({ lead }) => lead.id));
  const rows = pages.items?.filter(({ id }) => !leaving.has(id) && !here.has(id)) ?? [];
  return { ...pages, rows: [...coming.map(({ lead }) => ({ ...lead, stage })), ...rows] };
}

/** Everything in the stage, loaded or not; currencies side by side; what is unknown is counted. */
export function StageTotals({ figures }: { figures: Figures | undefined }) {
  const { t } = useTranslation('pipeline');
  if (!figures || figures.count.value === 0) return null;
  const { areaHa, committed } = figures;
  const capital = committed.sums.map(({ value }) => formatMoney(value)).join(', ');
  return (
    <Text size="xs" c="dimmed" component="div" style={{ fontVariantNumeric: 'tabular-nums' }}>
      <div>
        {areaHa.known > 0 ? formatHa(areaHa.value) : t('areaUnknown')}
        {areaHa.known > 0 &&
          areaHa.unknown.value > 0 &&
          ` · ${t('unknownCount', { count: areaHa.unknown.value })}`}
      </div>
      <div>
        {capital || t('capitalUnknown')}
        {capital &&
          committed.unknown.value > 0 &&
          ` · ${t('unknownCount', { count: committed.unknown.value })}`}
      </div>
    </Text>
  );
}

interface ColumnProps {
  kind: LeadKind;
  stage: string;
  stages: readonly Stage[];
  filters: Filters;
  figures: Figures | undefined;
  move: (lead: LeadRow, to: string | null) => void;
  /** How a card being dragged may land here. */
  landing?: 'open' | 'closed' | undefined;
  /** An exit that was opened can be folded again. */
  fold?: (() => void) | undefined;
}

export function ColumnCards({
  kind,
  stage,
  stages,
  filters,
  figures,
  move,
  still,
}: ColumnProps & { still?: boolean }) {
  const { t } = useTranslation('pipeline');
  const { query, rows } = useColumn(kind, stage, filters);
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <Stack gap="xs" role="status" aria-label={t('loading', { ns: 'common' })}>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={112} />
        ))}
      </Stack>
    );
  const Shape = still ? StillCard : BoardCard;
  const total = figures?.count.value ?? rows.length;
  return (
    <>
      {rows.length === 0 && (
        <Center py="md">
          <Text size="sm" c="dimmed">
            {t('emptyStage')}
          </Text>
        </Center>
      )}
      {rows.map((lead) => (
        <Shape key={lead.id} lead={lead} stages={stages} move={move} />
      ))}
      {query.hasNextPage && (
        <Button
          size="xs"
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          style={{ flexShrink: 0 }}
        >
          {t('moreOf', { shown: formatNumber(rows.length), total: formatNumber(total) })}
        </Button>
      )}
    </>
  );
}

const WIDTH = 272;

function outlineOf(isOver: boolean, landing: ColumnProps['landing']): string | undefined {
  if (isOver) return '2px solid var(--mantine-color-anchor)';
  return landing === 'open' ? '1px dashed var(--mantine-color-anchor)' : undefined;
}

/** A stage with its cards; lands what is dragged. */
export function BoardColumn(props: ColumnProps) {
  const { kind, stage, figures, landing, fold } = props;
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  const name = nameOf(kind, stage);
  return (
    <Paper
      ref={setNodeRef}
      component="section"
      data-column={stage}
      aria-label={name}
      radius="md"
      p="xs"
      bg="light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-6))"
      style={{
        width: WIDTH,
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        outlineOffset: -2,
        opacity: landing === 'closed' && !isOver ? 0.55 : 1,
        outline: outlineOf(isOver, landing),
      }}
    >
      <Box mb="xs" px={4} mih={58}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Title order={2} size="sm" lineClamp={1}>
            {name}
          </Title>
          {fold && (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              onClick={fold}
              aria-label={t('foldColumn', { stage: name })}
              ml="auto"
            >
              <IconArrowBarToRight size={16} aria-hidden />
            </ActionIcon>
          )}
          <Text size="sm" fw={600} aria-label={figures && t('countOf', { count: figures.count.value })}>
            {formatNumber(figures?.count.value ?? 0)}
          </Text>
        </Group>
        <StageTotals figures={figures} />
      </Box>
      <Stack gap="xs" style={{ overflowY: 'auto', flex: 1, minHeight: 80 }} p={2}>
        <ColumnCards {...props} />
      </Stack>
    </Paper>
  );
}

/** An exit, folded: its name and how many went there; opens, and lands what is dragged. */
export function FoldedColumn({
  kind,
  stage,
  figures,
  landing,
  open,
}: Omit<ColumnProps, 'filters' | 'move' | 'stages'> & { open: () => void }) {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  return (
    <UnstyledButton
      ref={setNodeRef}
      data-column={stage}
      onClick={open}
      aria-expanded={false}
      aria-label={t('openColumn', { stage: nameOf(kind, stage), count: figures?.count.value ?? 0 })}
      p="xs"
      style={{
        writingMode: 'vertical-rl',
        flexShrink: 0,
        width: 44,
        borderRadius: 'var(--mantine-radius-md)',
        background: 'light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-6))',
        outline: outlineOf(isOver, landing),
        outlineOffset: -2,
      }}
    >
      <Text span size="sm" fw={600}>
        {nameOf(kind, stage)} · {formatNumber(figures?.count.value ?? 0)}
      </Text>
    </UnstyledButton>
  );
}
