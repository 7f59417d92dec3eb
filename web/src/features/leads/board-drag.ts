import {
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  type ScreenReaderInstructions,
} from '@dnd-kit/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStageName, type LeadKind } from '../../lib/pipelines';
import type { LeadRow } from './stage-move';

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Mouse, finger and keyboard. With the keys a card goes from column to column: the column chosen is what it is
 * over, wherever the columns have been scrolled to.
 */
export function useBoardSensors(columns: readonly string[]) {
  const chosen = useRef<string | null>(null);
  const getter: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
    const step = STEP[event.code];
    if (!step) return undefined;
    event.preventDefault();
    const from = chosen.current ?? (context.active?.data.current?.lead as LeadRow | undefined)?.stage ?? '';
    const to = columns[columns.indexOf(from) + step];
    if (!to) return undefined;
    chosen.current = to;
    const node = context.droppableContainers.get(to)?.node.current;
    node?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const rect = node?.getBoundingClientRect();
    return rect ? { x: rect.left + 8, y: rect.top + 84 } : currentCoordinates;
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 300, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: getter, scrollBehavior: 'auto' }),
  );
  const collisions: CollisionDetection = (given) => {
    if (given.pointerCoordinates) {
      const within = pointerWithin(given);
      return within.length > 0 ? within : rectIntersection(given);
    }
    const stage = chosen.current ?? (given.active.data.current?.lead as LeadRow | undefined)?.stage;
    return stage ? [{ id: stage }] : [];
  };
  return { sensors, collisions, forgetChoice: () => void (chosen.current = null) };
}

/** What a screen reader hears while a card is moved. */
export function useBoardWords(kind: LeadKind): {
  announcements: Announcements;
  screenReaderInstructions: ScreenReaderInstructions;
} {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  const [words] = useState(() => ({ t, nameOf }));
  words.t = t;
  words.nameOf = nameOf;
  const say = (
    key: string,
    active: { data: { current?: Record<string, unknown> | undefined } },
    over?: unknown,
  ) => {
    const lead = active.data.current?.lead as LeadRow | undefined;
    return words.t(key, { firm: lead?.firm.name, stage: words.nameOf(kind, String(over ?? lead?.stage)) });
  };
  return {
    announcements: {
      onDragStart: ({ active }) => say('drag.start', active),
      onDragOver: ({ active, over }) => (over ? say('drag.over', active, over.id) : undefined),
      onDragEnd: ({ active, over }) => say(over ? 'drag.end' : 'drag.cancel', active, over?.id),
      onDragCancel: ({ active }) => say('drag.cancel', active),
    },
    screenReaderInstructions: { draggable: t('drag.how') },
  };
}
