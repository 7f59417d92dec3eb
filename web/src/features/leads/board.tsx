import { DndContext, DragOverlay, type DragEndEvent, type DragStartEvent } from '@dnd-kit/core';
import { Group, Select, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStageName, type LeadKind, type Stage } from '../../lib/pipelines';
import { gripId, StillCard } from './board-card';
import { BoardColumn, ColumnCards, FoldedColumn, StageTotals } from './board-column';
import { useBoardSensors, useBoardWords } from './board-drag';
import { useStageTotals, type Filters, type PipelineAddress } from './pipeline-filters';
import { destinations, isExit, type LeadRow } from './stage-move';

interface BoardProps {
  address: PipelineAddress;
  stages: readonly Stage[];
  move: (lead: LeadRow, to: string | null) => void;
}

const EXITS = ['dormant', 'lost'];

/** The columns: the stages asked for, or all and the exits. */
function columnsOf(stages: readonly Stage[], filters: Filters): string[] {
  const all = [...stages.map(({ code }) => code), ...EXITS];
  const asked = filters.stage?.split(',');
  return asked ? all.filter((code) => asked.includes(code)) : all;
}

/** Where each lead stands: a column for each stage, one at a time on a narrow screen. */
export function Board(props: BoardProps) {
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return narrow ? <OneColumn {...props} /> : <Columns {...props} />;
}

function OneColumn({ address, stages, move }: BoardProps) {
  const { t } = useTranslation('pipeline');
  const { kind, filters } = address;
  const nameOf = useStageName();
  const totals = useStageTotals(kind, filters);
  const columns = columnsOf(stages, filters);
  const stage = address.column && columns.includes(address.column) ? address.column : columns[0];
  if (!stage) return null;
  const label = (code: string) =>
    t('stageWithCount', { stage: nameOf(kind, code), count: totals.of(code)?.count.value ?? 0 });
  const figures = totals.of(stage);
  return (
    <Stack gap="sm">
      <Select
        label={t('stage')}
        data={columns.map((value) => ({ value, label: label(value) }))}
        value={stage}
        onChange={(column) => address.set({ column: column ?? undefined })}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        maxDropdownHeight={420}
      />
      <StageTotals figures={figures} />
      <ColumnCards key={`${kind}-${stage}`} still {...{ kind, stage, stages, filters, figures, move }} />
    </Stack>
  );
}

function landingOf(dragged: LeadRow | null, stage: string, stages: readonly Stage[]) {
  if (!dragged || dragged.stage === stage) return undefined;
  // where a lost or dormant lead came from only the server knows
  if (isExit(dragged.stage)) return 'open';
  return destinations(dragged, stages).includes(stage) ? 'open' : 'closed';
}

/** Which card is being dragged, and what becomes of it. */
function useDragging(kind: LeadKind, columns: readonly string[], move: BoardProps['move']) {
  const [dragged, setDragged] = useState<LeadRow | null>(null);
  const { sensors, collisions, forgetChoice } = useBoardSensors(columns);
  const accessibility = useBoardWords(kind);
  const rest = () => {
    setDragged(null);
    forgetChoice();
  };
  const land = ({ active, over, activatorEvent }: DragEndEvent) => {
    const lead = active.data.current?.lead as LeadRow;
    rest();
    if (!over || String(over.id) === lead.stage) return;
    move(lead, String(over.id));
    if (activatorEvent instanceof KeyboardEvent) refocus(lead.id);
  };
  const start = ({ active }: DragStartEvent) => setDragged(active.data.current?.lead as LeadRow);
  return {
    dragged,
    context: {
      sensors,
      collisionDetection: collisions,
      accessibility,
      onDragStart: start,
      onDragEnd: land,
      onDragCancel: rest,
    },
  };
}

function Columns({ address, stages, move }: BoardProps) {
  const { kind, filters } = address;
  const totals = useStageTotals(kind, filters);
  const columns = columnsOf(stages, filters);
  const [opened, setOpened] = useState<string[]>([]);
  const { dragged, context } = useDragging(kind, columns, move);
  const isFolded = (code: string) => isExit(code) && !opened.includes(code) && !filters.stage;
  return (
    <DndContext {...context} autoScroll={{ threshold: { x: 0.15, y: 0.1 } }}>
      <Group
        wrap="nowrap"
        align="stretch"
        gap="sm"
        data-testid="board"
        style={{
          overflowX: 'auto',
          height: `max(420px, calc(100dvh - ${Object.keys(filters).length > 0 ? 308 : 270}px))`,
          paddingBottom: 8,
        }}
      >
        {columns.map((stage) => {
          const common = {
            kind,
            stage,
            figures: totals.of(stage),
            landing: landingOf(dragged, stage, stages),
          } as const;
          return isFolded(stage) ? (
            <FoldedColumn
              key={`${kind}-${stage}`}
              {...common}
              open={() => setOpened((before) => [...before, stage])}
            />
          ) : (
            <BoardColumn
              key={`${kind}-${stage}`}
              {...common}
              {...{ stages, filters, move }}
              fold={
                opened.includes(stage)
                  ? () => setOpened((all) => all.filter((one) => one !== stage))
                  : undefined
              }
            />
          );
        })}
      </Group>
      <DragOverlay dropAnimation={null}>
        {dragged && <StillCard lead={dragged} stages={stages} />}
      </DragOverlay>
    </DndContext>
  );
}

/** The card is in another column now: the keyboard stays on it. */
function refocus(leadId: string): void {
  setTimeout(() => document.getElementById(gripId(leadId))?.focus(), 60);
}
