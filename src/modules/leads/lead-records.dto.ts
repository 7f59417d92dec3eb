import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUrl, IsUUID, MaxLength } from 'class-validator';
import {
  CommaList,
  Group,
  IsDay,
  IsInstant,
  Line,
  MayBeAbsent,
  NamedRef,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { ACTIVITY_KINDS, type ActivityKind } from './activity.entity.js';
import type { StageEvidence } from './lead-stage-change.entity.js';
import { LOST_REASONS, type LostReason } from './lead.entity.js';
import { TIMELINE_SUBJECTS, type TimelineSubject } from './timeline/timeline.rules.js';

const EVIDENCE_KINDS = ['dossier', 'decision', 'certificate', 'contract', 'document'] as const;

export class Evidence implements StageEvidence {
  @IsIn(EVIDENCE_KINDS)
  kind: StageEvidence['kind'];

  /** Number or name of the paper, at most 200 characters. @example "1520/QĐ-UBND" */
  @Line(200)
  number: string;

  /** Its day. */
  @MayBeAbsent()
  @IsDay()
  date?: string;

  /** Who issued it, at most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  issuedBy?: string;

  /** Where to read it. */
  @MayBeAbsent()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(500)
  url?: string;
}

function decisionOf(given: unknown): unknown {
  if (typeof given === 'string')
    return Object.assign(new Evidence(), { kind: 'decision', number: given.trim() });
  return given === null || typeof given !== 'object' ? given : plainToInstance(Evidence, given);
}

export class MoveLead {
  /** A stage code of the lead's pipeline, `lost` or `dormant`. */
  @Line(50)
  to: string;

  /** The local day on which it happened: not in the future, not before the change before; today when left out. */
  @MayBeAbsent()
  @IsDay()
  on?: string;

  /** At most 2,000 characters; required to go back, to reopen, and for the reason `other`. */
  @IsOptional()
  @Text(2000)
  note?: string | null;

  /** Required where a stage's gate says so. A text alone is the number of a decision. */
  @Transform(({ obj }: { obj: { evidence?: unknown } }) => decisionOf(obj.evidence))
  @IsOptional()
  @Group(() => Evidence)
  evidence?: Evidence | null;

  /** Required for `lost`. */
  @IsOptional()
  @IsIn(LOST_REASONS)
  lostReason?: LostReason | null;

  /** Where the project went instead, at most 200 characters. */
  @IsOptional()
  @Line(200)
  lostTo?: string | null;

  /** Required for `dormant`: the local day, in the future, on which the lead comes back. */
  @IsOptional()
  @IsDay()
  wakeOn?: string | null;
}

export class StageChangeAnswer {
  id: string;
  /** Null for the first: the lead was opened. */
  from: string | null;
  to: string;
  /** The local day on which it happened. */
  on: string;
  note: string | null;
  evidence: Evidence | null;
  lostReason: LostReason | null;
  lostTo: string | null;
  wakeOn: string | null;
  /** Null when an investor or the program itself moved it. */
  by: NamedRef | null;
  /** When it was entered; UTC. */
  recordedAt: string;
}

export class StageHistory {
  /** The newest first. */
  items: StageChangeAnswer[];
}

export class LogActivity {
  @IsIn(ACTIVITY_KINDS)
  kind: ActivityKind;

  /** When it happened, or, in the future, is booked; now when left out. */
  @MayBeAbsent()
  @IsInstant()
  happenedAt?: string;

  /** At most 300 characters. */
  @Line(300)
  subject: string;

  /** At most 10,000 characters. */
  @IsOptional()
  @Text(10_000)
  body?: string | null;

  /** What came of it, at most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  outcome?: string | null;

  /** With whom: a person of the firm or of a partner. */
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  /** What has to happen next: set on the lead; left out, the lead keeps its own. */
  @IsOptional()
  @Line(500)
  nextAction?: string | null;

  /** When; UTC. */
  @IsOptional()
  @IsInstant()
  nextActionAt?: string | null;
}

export class ActivityAnswer {
  id: string;
  leadId: string;
  kind: ActivityKind;
  happenedAt: string;
  /** It lies in the future. */
  booked: boolean;
  subject: string;
  body: string | null;
  outcome: string | null;
  contact: NamedRef | null;
  by: NamedRef | null;
  createdAt: string;
}

/** Sorts: happenedAt, createdAt; the newest first when left out. `q` searches nothing here. */
export class ActivitiesQuery extends PageQuery {
  @IsOptional()
  @IsIn(ACTIVITY_KINDS)
  kind?: ActivityKind;
}

export class ActivityPage implements Page<ActivityAnswer> {
  items: ActivityAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export class ContactMade {
  /** The activity. */
  id: string;
  lead: { id: string; reference: string };
  kind: ActivityKind;
  happenedAt: string;
  /** It lies in the future. */
  booked: boolean;
  subject: string;
  /** With whom. */
  contact: NamedRef | null;
  by: NamedRef;
}

export class ContactsMade {
  /** The newest first, at most 20. */
  items: ContactMade[];
}

/** Sort: at; the newest first when left out. `q` searches nothing here. */
export class TimelineQuery extends PageQuery {
  /** Only what is about one of these. @example "activity,answer" */
  @CommaList({ allowed: TIMELINE_SUBJECTS })
  about?: TimelineSubject[];
}

export class TimelineActor {
  kind: 'user' | 'apiKey' | 'investor' | 'system';
  id: string | null;
  name: string;
}

export class TimelineRef {
  /** @example "message" */
  type: string;
  id: string;
}

export class TimelineAnswer {
  id: string;
  /** UTC. */
  at: string;
  /** @example "stage_changed" */
  kind: string;
  /** What kind of thing it tells of. */
  about: TimelineSubject;
  /** One line in the caller's language. */
  text: string;
  actor: TimelineActor;
  ref: TimelineRef | null;
  data: Record<string, unknown>;
}

export class TimelinePage implements Page<TimelineAnswer> {
  /** The newest first. */
  items: TimelineAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}
