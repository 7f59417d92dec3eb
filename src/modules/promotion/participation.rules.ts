import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { ParticipationStatus } from './participation.entity.js';

export interface ParticipationInput {
  firmId: string;
  contactId?: string | null;
  eventId?: string | null;
  /** Left out: invited. */
  status?: ParticipationStatus;
  /** Left out: secondary. */
  leadKind?: LeadKind;
  /** Asked about. */
  clusterIds?: readonly string[];
  note?: string | null;
  /** Of the lead, where it has none yet; left out: the round's owner. */
  ownerId?: string | null;
}

export interface ParticipationChange {
  contactId?: string | null;
  status?: ParticipationStatus;
  clusterIds?: readonly string[];
  note?: string | null;
}
