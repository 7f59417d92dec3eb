import type { UserRole } from '../../platform/database/actor.js';

/**
 * Who may do what: each action with the least role that may. Roles are nested: a manager may all that an
 * officer may, an administrator everything. Where a row's owner matters too (`lead.write`, `reminder.write`),
 * the service asks on.
 */
export const PERMISSIONS = {
  'cluster.read': 'officer',
  'cluster.write': 'manager',
  'agency.read': 'officer',
  'agency.write': 'admin',
  'incentive.read': 'officer',
  'incentive.write': 'manager',
  'firm.read': 'officer',
  'firm.write': 'officer',
  'contact.read': 'officer',
  'contact.write': 'officer',
  'consent.write': 'officer',
  'target.read': 'officer',
  'target.write': 'manager',
  'pipeline.read': 'officer',
  'pipeline.write': 'admin',
  'lead.read': 'officer',
  'lead.write': 'officer',
  'lead.write_any': 'manager',
  'lead.assign': 'manager',
  'obstacle.read': 'officer',
  'obstacle.write': 'officer',
  'obstacle.write_any': 'manager',
  'meeting.read': 'officer',
  'meeting.write': 'officer',
  'meeting.write_any': 'manager',
  'inbox.read': 'officer',
  'inbox.write': 'officer',
  'data_request.read': 'manager',
  'data_request.write': 'manager',
  'data_request.raise': 'officer',
  'round.read': 'officer',
  'round.write': 'officer',
  'round.close': 'officer',
  'plan.read': 'officer',
  'plan.write': 'admin',
  'reminder.read': 'officer',
  'reminder.write': 'officer',
  'reminder.write_any': 'manager',
  'template.read': 'officer',
  'template.write': 'admin',
  'message.read': 'officer',
  'message.write': 'officer',
  'message.write_any': 'manager',
  'report.read': 'officer',
  'report.share': 'manager',
  'calendar.read': 'officer',
  'calendar.write': 'admin',
  'user.read': 'admin',
  'user.write': 'admin',
  'api_key.read': 'admin',
  'api_key.write': 'admin',
  'audit.read': 'manager',
  'mailbox.read': 'admin',
  'queue.read': 'admin',
  'queue.write': 'admin',
} as const satisfies Record<string, UserRole>;

export type Action = keyof typeof PERMISSIONS;

const RANK: Record<UserRole, number> = { officer: 1, manager: 2, admin: 3 };

/** An action that is not in the table is nobody's. */
export function roleMay(role: UserRole, action: string): boolean {
  return Object.hasOwn(PERMISSIONS, action) && RANK[role] >= RANK[PERMISSIONS[action as Action]];
}

/** What a key may: never more than whoever made it may today. */
export function lesserRole(one: UserRole, other: UserRole): UserRole {
  return RANK[one] <= RANK[other] ? one : other;
}

export function actionsOf(role: UserRole): Action[] {
  return (Object.keys(PERMISSIONS) as Action[]).filter((action) => roleMay(role, action));
}
