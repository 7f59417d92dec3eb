import type { PlannedStep, SkipReason } from './sequence.rules.js';
import { REVIVABLE_REASONS, type ReminderStatus } from './reminder.rules.js';

/** A row of `reminder` as far as planning looks at it. */
export interface ReminderRow {
  id: string;
  stepKey: string;
  stepId: string | null;
  contactId: string | null;
  ownerId: string | null;
  status: ReminderStatus;
  reason: string | null;
  dueAt: Date;
  originalDueAt: Date;
  dispatchedAt: Date | null;
  /** Of a skipped row: it was skipped when it came due, not when it was planned. */
  closedAt: Date | null;
}

export type PlannedState = { status: 'pending'; reason: null } | { status: 'skipped'; reason: SkipReason };

export type ReminderChange =
  | { kind: 'insert'; planned: PlannedStep }
  | { kind: 'keep'; row: ReminderRow; planned: PlannedStep }
  | { kind: 'update'; row: ReminderRow; planned: PlannedStep; dueAt: Date }
  | { kind: 'cancel'; row: ReminderRow };

export interface ReconcileInput {
  planned: readonly PlannedStep[];
  rows: readonly ReminderRow[];
  /** The round was closed anew: what was skipped when it came due gets another chance. */
  reanchored: boolean;
  /** Whom the sequence now writes to. */
  contactId: string | null;
}

export function plannedState(planned: PlannedStep): PlannedState {
  return planned.skip === null
    ? { status: 'pending', reason: null }
    : { status: 'skipped', reason: planned.skip };
}

/** What a person has seen, the mail has taken or somebody decided stays as it is; the rest follows the plan. */
export function isUnsent(row: ReminderRow, reanchored: boolean): boolean {
  if (row.dispatchedAt !== null) return false;
  if (row.status === 'pending') return true;
  if (row.status === 'skipped') return reanchored || row.closedAt === null;
  return row.status === 'cancelled' && REVIVABLE_REASONS.some((reason) => reason === row.reason);
}

/**
 * From what the plan asks and what is there to what has to change: one row per step, never a second one, and none
 * taken away. A time that an officer or operator moved stays, as long as the plan's own time does.
 */
export function reconcile({ planned, rows, reanchored, contactId }: ReconcileInput): ReminderChange[] {
  const byKey = new Map(rows.map((row) => [row.stepKey, row]));
  const changes = planned.map((item): ReminderChange => {
    const row = byKey.get(item.step.key);
    if (!row) return { kind: 'insert', planned: item };
    const stillSkipped = row.status === 'skipped' && row.reason !== 'left_out' && item.skip === 'step_past';
    if (stillSkipped || !isUnsent(row, reanchored)) return { kind: 'keep', row, planned: item };
    const sameTime = row.status === 'pending' && row.originalDueAt.getTime() === item.dueAt.getTime();
    const state = plannedState(item);
    const same =
      row.status === state.status &&
      row.reason === state.reason &&
      row.stepId === item.step.id &&
      row.contactId === contactId &&
      row.originalDueAt.getTime() === item.dueAt.getTime();
    if (same) return { kind: 'keep', row, planned: item };
    return { kind: 'update', row, planned: item, dueAt: sameTime ? row.dueAt : item.dueAt };
  });
  const wanted = new Set(planned.map((item) => item.step.key));
  const dropped = rows.filter(
    (row) => !wanted.has(row.stepKey) && row.status === 'pending' && isUnsent(row, reanchored),
  );
  return [...changes, ...dropped.map((row): ReminderChange => ({ kind: 'cancel', row }))];
}
