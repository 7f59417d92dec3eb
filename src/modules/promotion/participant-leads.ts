import { Injectable } from '@nestjs/common';
import { LeadsQueries } from '../leads/leads.queries.js';
import { LeadsService } from '../leads/leads.service.js';
import type { ParticipationInput } from './participation.rules.js';
import type { PromotionRound } from './promotion-round.entity.js';

/** The leads behind participations. */
@Injectable()
export class ParticipantLeads {
  constructor(
    private readonly leads: LeadsService,
    private readonly queries: LeadsQueries,
  ) {}

  /** By `leadKey`; one that came wakes a sleeping lead. */
  open(round: PromotionRound, items: readonly ParticipationInput[]): Promise<Map<string, string>> {
    return this.leads.openForRound({
      roundId: round.id,
      participants: items.map((item) => ({
        firmId: item.firmId,
        kind: item.leadKind ?? 'secondary',
        contactId: item.contactId ?? null,
        clusterIds: item.clusterIds ?? [],
        ownerId: item.ownerId === undefined ? round.ownerId : item.ownerId,
        wakes: item.status === 'attended',
        sample: round.sample,
      })),
    });
  }

  async isOpen(firmId: string, leadId: string): Promise<boolean> {
    return (await this.queries.openLeadsOf([firmId])).some((lead) => lead.id === leadId);
  }
}
