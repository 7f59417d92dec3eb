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

/** Of documents and obstacles: who did it. */
export type ByWhom = 'investor' | 'officer';

export class DocumentAdded {
  constructor(
    readonly documentId: string,
    readonly leadId: string,
    readonly by: ByWhom,
  ) {}
}

export class ObstacleRaised {
  constructor(
    readonly obstacleId: string,
    readonly leadId: string,
    readonly by: ByWhom,
  ) {}
}

/** Somebody took it in hand, or it is over. */
export class ObstacleMoved {
  constructor(
    readonly obstacleId: string,
    readonly leadId: string,
    /** It is still to be settled. */
    readonly open: boolean,
  ) {}
}

/** It is settled, and the investor may read the answer. */
export class ObstacleAnswered {
  constructor(
    readonly obstacleId: string,
    readonly leadId: string,
    readonly contactId: string,
    readonly title: string,
    readonly answer: string,
    /** The obstacle's version: each answer is told once. */
    readonly version: number,
  ) {}
}
