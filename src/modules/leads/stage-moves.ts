import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM, type Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { Invalid } from '../../platform/http/problem.js';
import { userIdOf } from './lead-openings.js';
import { LeadStageChanged } from './leads.events.js';
import { LockedLeads, type LockedLead } from './locked-leads.js';
import { nextActionWords } from './next-action.js';
import { decideMove, isExit, type StageDecision, type StageMove } from './pipelines/stage.rules.js';
import { Timeline } from './timeline/timeline.service.js';

/** Writes what the stage rules decide. */
@Injectable()
export class StageMoves {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly leads: LockedLeads,
    private readonly timeline: Timeline,
  ) {}

  /** As an officer moves it: the lead must be theirs to change. Without a day it happened today. */
  move(id: string, move: MoveGiven): Promise<void> {
    return this.db.transaction(async () => {
      await this.apply(await this.leads.getForChange(id), { ...move, on: move.on ?? this.clock.today() });
    });
  }

  /** For a caller that holds the lock and has settled who may do this. */
  async apply(lead: LockedLead, move: StageMove): Promise<void> {
    const stages = await this.leads.stagesOf(lead.kind);
    if (!isExit(move.to) && !stages.some(({ code }) => code === move.to)) {
      throw new Invalid('to', 'not_one_of');
    }
    const decision = decideMove(lead, stages, move, this.clock.today());
    const now = this.clock.now();
    await this.write(lead, decision, move, now);
    await this.events.publish(new LeadStageChanged(lead.id, decision.from, decision.to));
  }

  private async write(lead: LockedLead, decision: StageDecision, move: StageMove, now: Date): Promise<void> {
    const since = move.on === this.clock.dayOf(now) ? now : this.clock.startOf(move.on);
    const lost = decision.to === 'lost';
    const lostReason = lost ? (move.lostReason ?? null) : null;
    const lostTo = lost ? (move.lostTo ?? null) : null;
    const wakeOn = decision.to === 'dormant' ? (move.wakeOn ?? null) : null;
    await this.db.execute(
      `UPDATE lead SET stage = $2, stage_since = $3, stage_before_exit = $4, lost_reason = $5, lost_to = $6, wake_on = $7,
              last_activity_at = greatest(last_activity_at, $3), version = version + 1, updated_at = $8
        WHERE id = $1`,
      [lead.id, decision.to, since, decision.stageBeforeExit, lostReason, lostTo, wakeOn, now],
    );
    const actor = currentActor() ?? SYSTEM;
    const change = newId();
    await this.db.execute(
      `INSERT INTO lead_stage_change (id, lead_id, from_stage, to_stage, on_day, note, evidence, lost_reason, lost_to, wake_on, actor_id, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        change,
        lead.id,
        decision.from,
        decision.to,
        move.on,
        move.note ?? null,
        move.evidence ? JSON.stringify(move.evidence) : null,
        lostReason,
        lostTo,
        wakeOn,
        userIdOf(actor),
        now,
      ],
    );
    await this.timeline.append([
      storyOf(lead.id, change, decision, { ...move, lostReason, lostTo, wakeOn }, since, actor),
    ]);
  }

  /**
   * Brings back the leads whose day has come, at most `limit` at once and none that another worker has in
   * hand. Called by the dispatch of the follow-up; also good after days of standstill.
   */
  wakeDue(limit = 500): Promise<WokenLead[]> {
    return this.db.transaction(async () => {
      const today = this.clock.today();
      const ids = await this.db.query<{ id: string }>(
        `SELECT id FROM lead WHERE stage = 'dormant' AND wake_on <= $1 ORDER BY wake_on, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
        [today, limit],
      );
      return this.wake(ids.map(({ id }) => id));
    });
  }

  /** For a caller that holds the locks: dormant leads go back to their stage with the next action to talk again. */
  async wake(ids: readonly string[], note: string | null = null): Promise<WokenLead[]> {
    if (ids.length === 0) return [];
    const now = this.clock.now();
    const actor = currentActor() ?? SYSTEM;
    const woken = await this.db.query<WokenLead & { wakeOn: string }>(
      `UPDATE lead l SET stage = l.stage_before_exit, stage_before_exit = NULL, wake_on = NULL, stage_since = $2,
              last_activity_at = greatest(l.last_activity_at, $2), next_action = coalesce(w.words, $3), next_action_at = $2,
              version = l.version + 1, updated_at = $2
         FROM (SELECT d.id, d.wake_on, CASE WHEN u.language = 'en' THEN $4 END AS words
                 FROM lead d LEFT JOIN app_user u ON u.id = d.owner_id WHERE d.id = ANY($1::uuid[]) AND d.stage = 'dormant') w
        WHERE l.id = w.id
       RETURNING l.id, l.owner_id AS "ownerId", l.stage, w.wake_on::text AS "wakeOn"`,
      [ids, now, nextActionWords('vi', 'woken'), nextActionWords('en', 'woken')],
    );
    await this.db.execute(
      `INSERT INTO lead_stage_change (id, lead_id, from_stage, to_stage, on_day, note, actor_id, recorded_at)
       SELECT id, lead_id, 'dormant', to_stage, $4, $5, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t (id, lead_id, to_stage)`,
      [
        woken.map(() => newId()),
        woken.map(({ id }) => id),
        woken.map(({ stage }) => stage),
        this.clock.dayOf(now),
        note,
        userIdOf(actor),
        now,
      ],
    );
    await this.timeline.append(
      woken.map(({ id, stage, wakeOn }) => ({
        leadId: id,
        kind: 'woken',
        actor,
        data: { to: stage, wakeOn, note },
      })),
    );
    for (const { id, stage } of woken) await this.events.publish(new LeadStageChanged(id, 'dormant', stage));
    return woken.map(({ id, ownerId, stage }) => ({ id, ownerId, stage }));
  }
}

export type MoveGiven = Omit<StageMove, 'on'> & { on?: string };

export interface WokenLead {
  id: string;
  ownerId: string | null;
  /** Where it is again. */
  stage: string;
}

function storyOf(
  leadId: string,
  change: string,
  decision: StageDecision,
  move: StageMove,
  at: Date,
  actor: Actor,
) {
  const { note, evidence, lostReason, lostTo, wakeOn } = move;
  return {
    leadId,
    kind: KIND_OF[decision.direction],
    at,
    actor,
    refType: 'lead_stage_change',
    refId: change,
    data: { from: decision.from, to: decision.to, on: move.on, note, evidence, lostReason, lostTo, wakeOn },
  };
}

const KIND_OF: Record<StageDecision['direction'], string> = {
  forward: 'stage_changed',
  back: 'stage_went_back',
  reopened: 'reopened',
  lost: 'lost',
  dormant: 'put_to_sleep',
};
