import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { NotFound, ProblemError } from '../../platform/http/problem.js';
import type { StartResult } from '../follow-up/follow-up.service.js';
import { leadKey } from '../leads/leads.service.js';
import { LockedRounds } from './locked-rounds.js';
import { Participation } from './participation.entity.js';
import type { ParticipationChange, ParticipationInput } from './participation.rules.js';
import { ParticipationsWriter, type ParticipationRow } from './participations.writer.js';
import { PromotionReferences } from './promotion-references.js';
import type { PromotionRound } from './promotion-round.entity.js';
import { ParticipantLeads } from './participant-leads.js';
import { RoundFollowUp } from './round-follow-up.js';

export interface Added {
  /** Of all given, in their order; the same id twice where two named the same. */
  ids: string[];
  created: number;
  updated: number;
  leads: number;
  /** Of a round that is closed already. */
  reminders: StartResult | null;
}

/** Who took part: each one makes or joins a lead, and in a closed round gets the rest of its follow-up. */
@Injectable()
export class ParticipationsService {
  constructor(
    private readonly db: Database,
    private readonly locked: LockedRounds,
    private readonly references: PromotionReferences,
    private readonly leads: ParticipantLeads,
    private readonly writer: ParticipationsWriter,
    private readonly followUp: RoundFollowUp,
  ) {}

  /** Set by set. One that is there already is brought up to date: an invitation list and then an attendance list of the same people. */
  add(
    roundId: string,
    items: readonly ParticipationInput[],
    pathOf: (index: number) => string,
  ): Promise<Added> {
    return this.db.transaction(async () => {
      const round = await this.locked.getForChange(roundId);
      await this.check(roundId, items, pathOf);
      const leadIds = await this.leads.open(round, items);
      const rows = items.map((item): ParticipationRow => rowOf(item, leadIds.get(keyOf(item))!));
      const written = await this.writer.upsert(roundId, rows);
      await this.followUp.tellLeads(round, 'round_joined', written.newLeadIds);
      const touched = [...new Set(leadIds.values())];
      const { ids, created, updated } = written;
      const reminders = await this.followUp.catchUp(round, touched);
      return { ids, created, updated, leads: touched.length, reminders };
    });
  }

  change(roundId: string, id: string, change: ParticipationChange, seenVersion: number): Promise<string> {
    return this.db.transaction(async () => {
      const round = await this.locked.getForChange(roundId);
      const found = await this.db.repo(Participation).findOneBy({ id, roundId });
      if (!found) throw new NotFound('participation_not_found');
      assertVersion(found.version, seenVersion);
      const next: ParticipationInput = {
        firmId: found.firmId,
        contactId: change.contactId === undefined ? found.contactId : change.contactId,
        status: change.status ?? found.status,
        leadKind: found.leadKind,
        ...(change.clusterIds && { clusterIds: change.clusterIds }),
      };
      await this.check(roundId, [next], () => '');
      const leadId = (await this.joinLead(round, next, found.leadId)) ?? found.leadId;
      await this.writer.change(id, {
        ...next,
        leadId,
        note: change.note === undefined ? found.note : change.note,
      });
      await this.followUp.catchUp(round, leadId === null ? [] : [leadId]);
      return id;
    });
  }

  /** The lead gains what is new. A lead that has ended meanwhile is left alone, and no other is made in its place. */
  private async joinLead(
    round: PromotionRound,
    item: ParticipationInput,
    leadId: string | null,
  ): Promise<string | null> {
    if (leadId !== null && !(await this.leads.isOpen(item.firmId, leadId))) return null;
    return (await this.leads.open(round, [item])).get(keyOf(item)) ?? null;
  }

  private async check(
    roundId: string,
    items: readonly ParticipationInput[],
    pathOf: (index: number) => string,
  ): Promise<void> {
    const at = (index: number, field: string) => `${pathOf(index)}${field}`;
    const faults = await this.references.faultsOf(
      {
        firmIds: items.map(({ firmId }, index) => ({ path: at(index, 'firmId'), id: firmId })),
        contactIds: items.flatMap(({ contactId, firmId }, index) =>
          contactId ? [{ path: at(index, 'contactId'), id: contactId, firmId }] : [],
        ),
        eventIds: items.flatMap(({ eventId }, index) =>
          eventId ? [{ path: at(index, 'eventId'), id: eventId }] : [],
        ),
        userIds: items.flatMap(({ ownerId }, index) =>
          ownerId ? [{ path: at(index, 'ownerId'), id: ownerId }] : [],
        ),
        clusterIds: items.flatMap(({ clusterIds = [] }, index) =>
          clusterIds.map((id, n) => ({ path: at(index, `clusterIds.${n}`), id })),
        ),
      },
      roundId,
    );
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
  }
}

function keyOf(item: ParticipationInput): string {
  return leadKey(item.firmId, item.leadKind ?? 'secondary');
}

function rowOf(item: ParticipationInput, leadId: string): ParticipationRow {
  return {
    leadId,
    firmId: item.firmId,
    contactId: item.contactId ?? null,
    eventId: item.eventId ?? null,
    status: item.status ?? 'invited',
    leadKind: item.leadKind ?? 'secondary',
    clusterIds: [...new Set(item.clusterIds)],
    note: item.note ?? null,
  };
}
