import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import {
  CommaList,
  IsDay,
  IsInstant,
  Line,
  MayBeAbsent,
  NamedRef,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type { Span } from './hours/free-times.rules.js';
import { placeOf, type MeetingRow } from './meeting-rows.js';
import {
  MEETING_KINDS,
  MEETING_STATUSES,
  type BookedBy,
  type CancelledBy,
  type MeetingKind,
  type MeetingStatus,
} from './meeting.entity.js';

const LONGEST_MINUTES = 600;

export class MeetingsQuery extends PageQuery {
  /** Of this lead. */
  @IsOptional()
  @IsUUID()
  leadId?: string;

  /** `me` or a user's id. */
  @IsOptional()
  @Matches(/^(me|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i)
  officerId?: string;

  /** Beginning on this local day or later. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Beginning on this local day or earlier. */
  @IsOptional()
  @IsDay()
  to?: string;

  /** @example "booked,held" */
  @CommaList({ allowed: MEETING_STATUSES })
  status?: MeetingStatus[];
}

export class BookMeeting {
  @IsUUID()
  leadId: string;

  /** `site_visit`, `meeting` or `call`. */
  @IsIn(MEETING_KINDS)
  kind: MeetingKind;

  /** In the future; need not be among the free times that investors are offered. */
  @IsInstant()
  startsAt: string;

  /** 15 to 600; as long as the officer's visits when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(15)
  @Max(LONGEST_MINUTES)
  minutes?: number;

  /** Who receives the investor; the lead's owner when left out. */
  @MayBeAbsent()
  @IsUUID()
  officerId?: string;

  /** A person of the lead's firm or its partners, who gets the invitation; the main contact when left out. */
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  @IsOptional()
  @IsUUID()
  clusterId?: string | null;

  /** Where, beside the cluster's name; at most 300 characters. */
  @IsOptional()
  @Line(300)
  place?: string | null;

  /** What the investor asked or told; at most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;
}

export class MoveMeeting {
  /** In the future. */
  @IsInstant()
  startsAt: string;

  /** 15 to 600; as long as before when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(15)
  @Max(LONGEST_MINUTES)
  minutes?: number;

  /** Another officer. */
  @MayBeAbsent()
  @IsUUID()
  officerId?: string;

  @IsOptional()
  @IsUUID()
  clusterId?: string | null;

  /** At most 300 characters. */
  @IsOptional()
  @Line(300)
  place?: string | null;
}

export class CancelMeeting {
  /** Told to the investor; at most 500 characters. */
  @IsOptional()
  @Line(500)
  reason?: string | null;
}

export class SettleMeeting {
  /** `held`: it took place. `no_show`: nobody came. */
  @IsIn(['held', 'no_show'])
  outcome: 'held' | 'no_show';

  /** What came of it, at most 1,000 characters. */
  @IsOptional()
  @Text(1000)
  note?: string | null;
}

export class MeetingLead {
  id: string;
  /** @example "CH-2026-000012" */
  reference: string;
}

export class MeetingAnswer {
  id: string;
  lead: MeetingLead;
  firm: NamedRef;
  contact: NamedRef | null;
  officer: NamedRef;
  cluster: NamedRef | null;
  kind: MeetingKind;
  /** UTC. */
  startsAt: string;
  endsAt: string;
  /** In the officer's words, beside the cluster. */
  place: string | null;
  /** Place and cluster as the invitation says them; null: not said. */
  location: string | null;
  /** The investor's language. */
  language: Language;
  note: string | null;
  status: MeetingStatus;
  bookedBy: BookedBy;
  cancelledBy: CancelledBy | null;
  cancelReason: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class MeetingPage implements Page<MeetingAnswer> {
  items: MeetingAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class FreeTimesQuery {
  @IsUUID()
  leadId: string;

  /** Whose times; the lead's owner when left out. */
  @IsOptional()
  @IsUUID()
  officerId?: string;

  /** A meeting that is to be moved: its own time counts as free. */
  @IsOptional()
  @IsUUID()
  meetingId?: string;
}

export class FreeTime {
  /** UTC. */
  startsAt: string;
  endsAt: string;
}

export class FreeTimesAnswer {
  /** Null: the lead has no owner, so that no time can be offered. */
  officer: NamedRef | null;
  /** Every time that the officer's visiting hours leave free, earliest first. */
  items: FreeTime[];
}

export function toMeetingAnswer(row: MeetingRow): MeetingAnswer {
  const { id, kind, place, language, note, status, bookedBy, cancelledBy, cancelReason, version } = row;
  return {
    id,
    lead: { id: row.leadId, reference: row.leadReference },
    firm: { id: row.firmId, name: row.firmName },
    contact: refOf(row.contactId, row.contactName),
    officer: { id: row.officerId, name: row.officerName },
    cluster: refOf(row.clusterId, row.clusterName),
    kind,
    ...toFreeTime(row),
    place,
    location: placeOf(row),
    language,
    note,
    status,
    bookedBy,
    cancelledBy,
    cancelReason,
    version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toFreeTime({ startsAt, endsAt }: Span): FreeTime {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

function refOf(id: string | null, name: string | null): NamedRef | null {
  return id === null || name === null ? null : { id, name };
}
