import type { ActivityKind } from './activity.entity.js';

/** Published inside the transaction of the change. `to` may be `lost` or `dormant`. */
export class LeadStageChanged {
  constructor(
    readonly leadId: string,
    readonly from: string,
    readonly to: string,
  ) {}
}

export class LeadReassigned {
  constructor(
    readonly leadId: string,
    /** The user who owned it. */
    readonly from: string | null,
    readonly to: string,
  ) {}
}

/** Something was done or, when `happenedAt` lies in the future, booked. */
export class ActivityLogged {
  constructor(
    readonly leadId: string,
    readonly kind: ActivityKind,
    readonly happenedAt: Date,
  ) {}
}
