import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { RuleError } from '../../platform/http/rule-error.js';
import {
  OPEN_STATUSES,
  type DataRequest,
  type DataRequestKind,
  type DataRequestStatus,
} from './data-request.entity.js';

/** Working days until the person has to be told that the request came. */
export const ACKNOWLEDGE_WITHIN = 2;

/** Days, working or not, from the day it came until it is carried out (Personal Data Protection Law 91/2025). */
export const CARRY_OUT_WITHIN: Record<DataRequestKind, number> = {
  withdraw: 15,
  restrict: 15,
  view: 10,
  correct: 10,
  copy: 10,
  erase: 20,
};

/** How long the link to a copy may be opened. */
export const COPY_LIFE_DAYS = 10;

export function clocksOf(
  kind: DataRequestKind,
  receivedAt: Date,
  time: WorkingTime,
): { acknowledgeDueAt: Date; dueAt: Date } {
  return {
    acknowledgeDueAt: time.addWorkingDays(receivedAt, ACKNOWLEDGE_WITHIN),
    dueAt: time.addDays(receivedAt, CARRY_OUT_WITHIN[kind]),
  };
}

export function isOpen(status: DataRequestStatus): boolean {
  return (OPEN_STATUSES as readonly string[]).includes(status);
}

export function assertOpen({ status }: Pick<DataRequest, 'status'>): void {
  if (!isOpen(status)) throw new RuleError('data_request_closed');
}

/** Once, by as many days as the law gave at first, and before the time is over. */
export function extendedDueAt(request: DataRequest, now: Date, time: WorkingTime): Date {
  assertOpen(request);
  if (request.extendedAt !== null) throw new RuleError('data_request_extended_before');
  if (now > request.dueAt) throw new RuleError('data_request_overdue');
  return time.addDays(request.dueAt, CARRY_OUT_WITHIN[request.kind]);
}
