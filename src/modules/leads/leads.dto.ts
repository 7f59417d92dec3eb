import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import {
  CommaList,
  Count,
  Group,
  Hectares,
  IsDay,
  IsInstant,
  IsMoney,
  Line,
  MayBeAbsent,
  Money,
  NamedRef,
  QueryFlag,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { LEAD_SOURCES, type InvestorAnswer, type LeadSource, type LostReason } from './lead.entity.js';
import type { ServiceClock } from './lead.rules.js';
import { LEAD_KINDS, type LeadKind } from './pipelines/pipeline.entity.js';

const UUID_OR_WORD = /^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

export class LeadsQuery extends PageQuery {
  /** Stage codes, also `lost` and `dormant`. @example "qualified,site_visit" */
  @CommaList()
  stage?: string[];

  @IsOptional()
  @IsIn(LEAD_KINDS)
  kind?: LeadKind;

  /** A user's id, `me`, or `none` for leads without an owner. */
  @IsOptional()
  @Matches(UUID_OR_WORD)
  ownerId?: string;

  @IsOptional()
  @IsUUID()
  clusterId?: string;

  /** Leads about a cluster of this planning district. */
  @IsOptional()
  @IsUUID()
  planningDistrictId?: string;

  @IsOptional()
  @IsUUID()
  firmId?: string;

  @IsOptional()
  @IsIn(LEAD_SOURCES)
  source?: LeadSource;

  /** Leads that this promotion round made. */
  @IsOptional()
  @IsUUID()
  roundId?: string;

  /** First local day of entry, included. @example "2026-01-01" */
  @IsOptional()
  @IsDay()
  createdFrom?: string;

  /** Last local day of entry, included. */
  @IsOptional()
  @IsDay()
  createdTo?: string;

  /** Open leads without activity for longer than their stage allows. */
  @QueryFlag()
  stale?: boolean;

  /** Enquiries that no officer has answered yet. */
  @QueryFlag()
  unanswered?: boolean;
}

export class Capital {
  /** What the firm says it would invest. */
  @IsMoney()
  committed?: Money | null;

  /** What the certificate or decision names. */
  @IsMoney()
  registered?: Money | null;

  /** What was spent on the ground. */
  @IsMoney()
  disbursed?: Money | null;
}

class LeadFields {
  /** A person of the firm or of a partner. */
  @IsOptional()
  @IsUUID()
  primaryContactId?: string | null;

  /** Clusters it is about, at most 20, the favourite first. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  /** Firms that bid together with the lead's own, at most 20. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  partnerFirmIds?: string[];

  /** Officers who may change it beside its owner, at most 20. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  helperIds?: string[];

  /** What the firm wants, at most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  summary?: string | null;

  /** Industry, at most 200 characters. */
  @IsOptional()
  @Line(200)
  sector?: string | null;

  /** Land wished for, in hectares. @example 12.5 */
  @IsOptional()
  @Hectares()
  areaHa?: number | null;

  @MayBeAbsent()
  @Group(() => Capital)
  capital?: Capital;

  /** Jobs that the firm promises. */
  @IsOptional()
  @Count()
  jobsPromised?: number | null;

  /** What has to happen next, at most 500 characters. */
  @IsOptional()
  @Line(500)
  nextAction?: string | null;

  /** When; UTC. */
  @IsOptional()
  @IsInstant()
  nextActionAt?: string | null;
}

export class CreateLead extends LeadFields {
  @IsUUID()
  firmId: string;

  /** `infrastructure`: builds and runs a whole cluster. `secondary`: builds a factory inside one. */
  @IsIn(LEAD_KINDS)
  kind: LeadKind;

  /** Left out: the officer who creates it, or nobody. */
  @IsOptional()
  @IsUUID()
  ownerId?: string | null;

  /** `enquiry` starts the clocks of the service standard; `officer` when left out. */
  @MayBeAbsent()
  @IsIn(['enquiry', 'officer'])
  source?: 'enquiry' | 'officer';

  /** The local day on which it began; today when left out. */
  @MayBeAbsent()
  @IsDay()
  openedOn?: string;
}

export class ChangeLead extends LeadFields {
  /** Jobs that exist. */
  @IsOptional()
  @Count()
  jobsDelivered?: number | null;
}

export class AssignLead {
  /** The new owner: an active user. */
  @IsUUID()
  ownerId: string;

  /** Why, at most 1,000 characters. */
  @MayBeAbsent()
  @Text(1000)
  note?: string;
}

export class ClusterRef extends NamedRef {
  code: string;
}

export class CapitalAnswer {
  committed: Money | null;
  registered: Money | null;
  disbursed: Money | null;
}

export class LeadRowAnswer {
  id: string;
  /** @example "CH-2026-000123" */
  reference: string;
  kind: LeadKind;
  /** A stage code of its pipeline, `lost` or `dormant`. */
  stage: string;
  /** UTC. */
  stageSince: string;
  firm: NamedRef;
  owner: NamedRef | null;
  /** The favourite first. */
  clusters: ClusterRef[];
  source: LeadSource;
  /** The promotion round that made it. */
  roundId: string | null;
  summary: string | null;
  sector: string | null;
  /** Hectares. */
  areaHa: number | null;
  capital: CapitalAnswer;
  jobsPromised: number | null;
  jobsDelivered: number | null;
  nextAction: string | null;
  nextActionAt: string | null;
  /** The last contact, answer or stage change. */
  lastActivityAt: string;
  /** No activity for longer than its stage allows. */
  stale: boolean;
  /** An enquiry that no officer has answered yet. */
  unanswered: boolean;
  /** What the investor last said on an answer page. */
  lastAnswer: InvestorAnswer | null;
  /** When a dormant lead comes back; a local day. */
  wakeOn: string | null;
  openedAt: string;
  createdAt: string;
  /** Made up for the demo. */
  sample: boolean;
  version: number;
}

export class LeadPage implements Page<LeadRowAnswer> {
  items: LeadRowAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class ServiceClockAnswer {
  /** By the service standard; UTC. */
  dueAt: string;
  doneAt: string | null;
  state: ServiceClock['state'];
}

export class ServiceAnswer {
  /** The first reaction, be it an automatic mail: 1 working day. */
  acknowledge: ServiceClockAnswer;
  /** The first answer in substance: 5 working days. */
  answer: ServiceClockAnswer;
}

export class ContactRef extends NamedRef {
  email: string | null;
  phone: string | null;
}

/** Another lead of the same firm, and who works on it. */
export class FirmLead {
  id: string;
  reference: string;
  kind: LeadKind;
  /** A stage code of its pipeline, `lost` or `dormant`. */
  stage: string;
  owner: NamedRef | null;
  /** Officers who share it. */
  helpers: NamedRef[];
  clusters: ClusterRef[];
  lastActivityAt: string;
}

export class LeadAnswer extends LeadRowAnswer {
  primaryContact: ContactRef | null;
  partners: NamedRef[];
  /** Officers who share it. */
  helpers: NamedRef[];
  /** The firm's other leads, lost ones included, the latest activity first; at most 20: `/leads?firmId=…` has them all. */
  otherLeads: FirmLead[];
  lastAnswerAt: string | null;
  /** The clocks of an enquiry; null for any other lead. */
  service: ServiceAnswer | null;
  /** What it lacks although two working days have passed. */
  missing: ('owner' | 'next_action')[];
  lostReason: LostReason | null;
  /** Where the project went instead. */
  lostTo: string | null;
  /** Where a lost or dormant lead goes when it is reopened. */
  stageBeforeExit: string | null;
  updatedAt: string;
}
