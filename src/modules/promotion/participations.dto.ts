import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CommaList, IsInstant, Line, MayBeAbsent, Text } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { LEAD_KINDS, type LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { PARTICIPATION_STATUSES, type ParticipationStatus } from './participation.entity.js';
import { EVENT_KINDS, type EventKind } from './promotion-event.entity.js';
import { RemindersOutcome } from './closing.dto.js';
import { RoundCluster, RoundRef } from './rounds.dto.js';

/** How many participations one request may bring. */
export const MAX_ITEMS = 2000;

class ParticipationFields {
  /** A person of the firm; whom the follow-up writes to. */
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  /** An event of this round; left out: the round as a whole. */
  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  /** Left out: invited. */
  @MayBeAbsent()
  @IsIn(PARTICIPATION_STATUSES)
  status?: ParticipationStatus;

  /** As what the firm is interested; left out: secondary. */
  @MayBeAbsent()
  @IsIn(LEAD_KINDS)
  leadKind?: LeadKind;

  /** Clusters it asked about, at most 40. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  /** At most 4,000 characters. */
  @IsOptional()
  @Text(4000)
  note?: string | null;

  /** Owner of the lead where it has none yet; left out: the round's. */
  @IsOptional()
  @IsUUID()
  ownerId?: string | null;
}

export class ParticipationItem extends ParticipationFields {
  @IsUUID()
  firmId: string;
}

/** One participation, or a list in `items`. */
export class AddParticipations extends ParticipationFields {
  /** Required without `items`. */
  @ValidateIf((body: AddParticipations) => body.items === undefined || body.firmId !== undefined)
  @IsUUID()
  firmId?: string;

  /** 1 to 2,000. With it, no other field. */
  @ValidateIf((body: AddParticipations) => body.items !== undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => ParticipationItem)
  items?: ParticipationItem[];
}

export class ChangeParticipation {
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  @MayBeAbsent()
  @IsIn(PARTICIPATION_STATUSES)
  status?: ParticipationStatus;

  /** Instead of those noted. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  @IsOptional()
  @Text(4000)
  note?: string | null;
}

export class ParticipationsQuery extends PageQuery {
  /** @example "registered,attended" */
  @CommaList({ allowed: PARTICIPATION_STATUSES })
  status?: string[];

  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsOptional()
  @IsUUID()
  firmId?: string;

  @IsOptional()
  @IsUUID()
  clusterId?: string;

  @IsOptional()
  @IsIn(LEAD_KINDS)
  leadKind?: LeadKind;
}

export class ParticipationLead {
  id: string;
  reference: string;
  stage: string;
}

export class ParticipationAnswer {
  id: string;
  roundId: string;
  firm: RoundRef;
  contact: RoundRef | null;
  /** That person limited the use of personal data: no letter, no invitation. */
  contactRestricted: boolean;
  event: RoundRef | null;
  status: ParticipationStatus;
  leadKind: LeadKind;
  /** The lead it made or joined. */
  leadId: string | null;
  lead: ParticipationLead | null;
  clusters: RoundCluster[];
  note: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class ParticipationPage implements Page<ParticipationAnswer> {
  items: ParticipationAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class AddedParticipation {
  id: string;
  leadId: string;
}

export class AddedParticipations {
  /** In the order given. */
  items: AddedParticipation[];
  created: number;
  /** Were there already and have been brought up to date. */
  updated: number;
  /** Leads made or joined. */
  leads: number;
  /** Of a round that is closed already: what the late participants got. */
  reminders: RemindersOutcome | null;
}

export class CreateEvent {
  @IsIn(EVENT_KINDS)
  kind: EventKind;

  @Line(300)
  name: string;

  @IsInstant()
  startsAt: string;

  /** Not before `startsAt`. */
  @IsInstant()
  endsAt: string;

  @IsOptional()
  @Line(300)
  place?: string | null;
}

export class ChangeEvent {
  @MayBeAbsent()
  @IsIn(EVENT_KINDS)
  kind?: EventKind;

  @MayBeAbsent()
  @Line(300)
  name?: string;

  @MayBeAbsent()
  @IsInstant()
  startsAt?: string;

  @MayBeAbsent()
  @IsInstant()
  endsAt?: string;

  @IsOptional()
  @Line(300)
  place?: string | null;
}

export class EventAnswer {
  id: string;
  roundId: string;
  kind: EventKind;
  name: string;
  startsAt: string;
  endsAt: string;
  place: string | null;
  participations: number;
  attended: number;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class EventList {
  items: EventAnswer[];
}
