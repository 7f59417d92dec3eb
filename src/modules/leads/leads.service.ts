import { Injectable } from '@nestjs/common';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import type { AnswerGiven } from './answer-records.js';
import { LeadAnswers } from './lead-answers.js';
import { LeadAssignments } from './lead-assignments.js';
import { LeadEdits, type LeadEdit } from './lead-edits.js';
import { LeadOpenings, userIdOf, type NewLead, type OpenedLead } from './lead-openings.js';
import { RoundLeads, type RoundParticipant } from './round-leads.js';
import { StageMoves, type MoveGiven, type WokenLead } from './stage-moves.js';

export { leadKey } from './round-leads.js';

/** A lead as its creator gives it; without a source an officer brought it. */
export type LeadGiven = Omit<NewLead, 'source'> & { source?: NewLead['source'] };

/** The one door to what happens with leads. Whoever acts is `currentActor()`; nobody named is the system. */
@Injectable()
export class LeadsService {
  constructor(
    private readonly openings: LeadOpenings,
    private readonly edits: LeadEdits,
    private readonly moves: StageMoves,
    private readonly assignments: LeadAssignments,
    private readonly rounds: RoundLeads,
    private readonly answers: LeadAnswers,
  ) {}

  /** An officer who names no owner takes it. */
  create(lead: LeadGiven): Promise<OpenedLead> {
    const actor = currentActor() ?? SYSTEM;
    const ownerId = lead.ownerId === undefined && actor.role === 'officer' ? userIdOf(actor) : lead.ownerId;
    return this.openings.openOne({ ...lead, ownerId, source: lead.source ?? 'officer' });
  }

  /** Many at once, in the order given, set by set; the caller has checked firms, contacts, clusters and users. */
  importMany(leads: readonly LeadGiven[]): Promise<OpenedLead[]> {
    return this.openings.openMany(leads.map((lead) => ({ ...lead, source: lead.source ?? 'import' })));
  }

  /** The lead of each participant by `leadKey(firmId, kind)`: the open one of that firm and kind, or a new one. */
  openForRound({
    roundId,
    participants,
  }: {
    roundId: string;
    participants: readonly RoundParticipant[];
  }): Promise<Map<string, string>> {
    return this.rounds.open(roundId, participants);
  }

  change(id: string, edit: LeadEdit, seenVersion: number): Promise<void> {
    return this.edits.change(id, edit, seenVersion);
  }

  /** What comes next, where nothing is noted yet. */
  noteNextAction(id: string, action: string, at: Date): Promise<void> {
    return this.edits.noteNextAction(id, action, at);
  }

  /** The task of one of these names was put off, or with null done or called off: so is the lead's next action. */
  moveNextAction(id: string, names: readonly string[], at: Date | null): Promise<void> {
    return this.edits.moveNextAction(id, names, at);
  }

  moveStage(id: string, move: MoveGiven): Promise<void> {
    return this.moves.move(id, move);
  }

  assign(id: string, given: { ownerId: string; note?: string }): Promise<void> {
    return this.assignments.assign(id, given);
  }

  /** What the investor said, and what follows from it; answers whose lead it is. */
  settleAnswer(leadId: string, given: AnswerGiven, at: Date): Promise<{ ownerId: string | null }> {
    return this.answers.settle(leadId, given, at);
  }

  /** The first reaction to an enquiry, be it an automatic mail. Other leads ignore it. */
  markAcknowledged(leadIds: readonly string[], at: Date): Promise<void> {
    return this.answers.markAcknowledged(leadIds, at);
  }

  /** The first answer in substance to an enquiry. Other leads ignore it. */
  markAnswered(leadIds: readonly string[], at: Date): Promise<void> {
    return this.answers.markAnswered(leadIds, at);
  }

  /** Dormant leads whose day has come, at most `limit` at once: call again until none comes. */
  wakeDue(limit?: number): Promise<WokenLead[]> {
    return this.moves.wakeDue(limit);
  }
}
