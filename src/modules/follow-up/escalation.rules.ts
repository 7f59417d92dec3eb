/** The letter that tells a manager; seeded with the messages. */
export const MANAGER_TEMPLATE = 'manager-escalation';

/** Working days (default): a task that lies open longer goes to a manager. */
export const TASK_OVERDUE_AFTER = 2;

/**
 * Several managers share the escalations, and one lead always comes before the same one: the choice follows from the
 * lead's id, so that no counter has to be kept.
 */
export function managerOf<T extends { id: string }>(leadId: string, managers: readonly T[]): T | null {
  if (managers.length === 0) return null;
  const number = Number.parseInt(leadId.replaceAll('-', '').slice(-8), 16);
  return managers[number % managers.length]!;
}
