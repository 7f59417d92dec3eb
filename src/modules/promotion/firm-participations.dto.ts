import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { CommaList } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { LEAD_KINDS, type LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { PARTICIPATION_STATUSES, type ParticipationStatus } from './participation.entity.js';
import { ParticipationAnswer } from './participations.dto.js';
import type { EventKind } from './promotion-event.entity.js';
import type { RoundStatus } from './promotion-round.entity.js';

export class FirmParticipationsQuery extends PageQuery {
  /** @example "registered,attended" */
  @CommaList({ allowed: PARTICIPATION_STATUSES })
  status?: ParticipationStatus[];

  @IsOptional()
  @IsUUID()
  clusterId?: string;

  @IsOptional()
  @IsIn(LEAD_KINDS)
  leadKind?: LeadKind;
}

export class ParticipationRound {
  id: string;
  code: string;
  name: string;
  status: RoundStatus;
  /** `YYYY-MM-DD` */
  startsOn: string;
  endsOn: string;
}

export class ParticipationEvent {
  id: string;
  name: string;
  kind: EventKind;
  startsAt: string;
  endsAt: string;
  place: string | null;
}

export class FirmParticipationAnswer extends ParticipationAnswer {
  round: ParticipationRound;
  /** The event at length; null: the round as a whole. */
  eventDetails: ParticipationEvent | null;
}

export class FirmParticipationPage implements Page<FirmParticipationAnswer> {
  items: FirmParticipationAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}
