import { RuleError } from '../../../platform/http/rule-error.js';

export const OBSTACLE_CATEGORIES = [
  'land_clearance',
  'planning',
  'procedure',
  'infrastructure',
  'environment',
  'labour',
  'finance',
  'other',
] as const;
export type ObstacleCategory = (typeof OBSTACLE_CATEGORIES)[number];

export const OBSTACLE_STATUSES = ['open', 'in_progress', 'resolved', 'withdrawn'] as const;
export type ObstacleStatus = (typeof OBSTACLE_STATUSES)[number];

/** Working days (default): somebody says that the difficulty is in hand. */
export const OBSTACLE_ACKNOWLEDGED_WITHIN = 1;

/** Working days (default): the difficulty is settled, or its owner has agreed another day. */
export const OBSTACLE_SETTLED_WITHIN = 5;

/** What stands open, and runs against its clock. */
export const OPEN_OBSTACLE: readonly ObstacleStatus[] = ['open', 'in_progress'];

const MOVES: Record<ObstacleStatus, readonly ObstacleStatus[]> = {
  open: ['in_progress', 'resolved', 'withdrawn'],
  in_progress: ['open', 'resolved', 'withdrawn'],
  resolved: ['in_progress'],
  withdrawn: ['open'],
};

/** 409 `obstacle_move_not_allowed`; staying is no move. */
export function assertObstacleMove(from: ObstacleStatus, to: ObstacleStatus): void {
  if (from !== to && !MOVES[from].includes(to)) throw new RuleError('obstacle_move_not_allowed');
}

export function isOverdue(obstacle: { status: ObstacleStatus; dueAt: Date }, now: Date): boolean {
  return OPEN_OBSTACLE.includes(obstacle.status) && obstacle.dueAt < now;
}
