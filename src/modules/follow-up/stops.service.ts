import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import { MessagesService } from '../messaging/messages.service.js';
import { factsKey, SequenceFactsQueries } from './sequence-facts.queries.js';
import { stopReasonOf, type StopReason } from './stop.rules.js';
import { reasonWords, TasksWriter } from './tasks.writer.js';

export interface StopOrder {
  sequenceId: string;
  leadId: string;
  reason: StopReason;
}

interface LiveSequence {
  id: string;
  leadId: string;
  contactId: string | null;
  anchorAt: Date;
  planVersionId: string;
}

/** Ends sequences, with the reason on record. Locks sequences before messages, and messages before reminders. */
@Injectable()
export class StopsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly facts: SequenceFactsQueries,
    private readonly messages: MessagesService,
    private readonly timeline: Timeline,
    private readonly tasks: TasksWriter,
  ) {}

  /** Something happened to these leads or people: stops whatever the rules no longer let run. */
  review(of: { leadIds?: readonly string[]; contactIds?: readonly string[] }): Promise<void> {
    return this.db.transaction(async () => {
      const live = await this.lockLive(of);
      if (live.length === 0) return;
      const facts = await this.facts.read(live);
      const positions = await this.facts.stopPositions(live.map((sequence) => sequence.planVersionId));
      const orders = live.flatMap((sequence): StopOrder[] => {
        const known = facts.get(factsKey(sequence));
        if (!known) return [];
        const stopPosition = positions.get(sequence.planVersionId)?.[known.kind] ?? null;
        const reason = stopReasonOf({ ...known, stopPosition }, sequence.anchorAt);
        return reason ? [{ sequenceId: sequence.id, leadId: sequence.leadId, reason }] : [];
      });
      await this.stop(orders);
    });
  }

  /** Every live sequence of the lead, for a reason that is certain. */
  stopLead(leadId: string, reason: StopReason): Promise<void> {
    return this.db.transaction(async () => {
      const live = await this.lockLive({ leadIds: [leadId] });
      await this.stop(live.map((sequence) => ({ sequenceId: sequence.id, leadId, reason })));
    });
  }

  /** The caller holds the sequences. Mails that still wait are taken back; what is being sent is not. */
  async stop(orders: readonly StopOrder[]): Promise<void> {
    if (orders.length === 0) return;
    const now = this.clock.now();
    const ids = orders.map((order) => order.sequenceId);
    const reasons = orders.map((order) => order.reason);
    await this.db.execute(
      `UPDATE follow_up_sequence q SET status = 'stopped', stop_reason = n.reason, stopped_at = $3
         FROM unnest($1::uuid[], $2::text[]) AS n (id, reason) WHERE q.id = n.id AND q.status <> 'stopped'`,
      [ids, reasons, now],
    );
    await this.takeBackMails(ids, reasons, now);
    const ended = await this.db.query<{ id: string }>(
      `UPDATE reminder r SET status = 'stopped', reason = n.reason, closed_at = $3, version = r.version + 1, updated_at = $3
         FROM unnest($1::uuid[], $2::text[]) AS n (sequence_id, reason)
        WHERE r.sequence_id = n.sequence_id AND r.status IN ('pending', 'open') RETURNING r.id`,
      [ids, reasons, now],
    );
    await this.tasks.closeEscalationsOf(ended.map((row) => row.id));
    await this.timeline.append(
      orders.map(({ leadId, sequenceId, reason }) => ({
        leadId,
        kind: 'sequence_stopped',
        refType: 'follow_up_sequence',
        refId: sequenceId,
        data: reasonWords(reason),
      })),
    );
  }

  /** A lost lead needs nobody's call: tasks outside sequences end too. */
  async stopTasks(leadIds: readonly string[], reason: StopReason): Promise<void> {
    await this.db.execute(
      `UPDATE reminder SET status = 'stopped', reason = $2, closed_at = $3, version = version + 1, updated_at = $3
        WHERE lead_id = ANY($1::uuid[]) AND sequence_id IS NULL AND status IN ('pending', 'open')`,
      [leadIds, reason, this.clock.now()],
    );
  }

  /** Also what another listener has taken back already, such as every advertisement to a person who opts out. */
  private async takeBackMails(
    sequenceIds: readonly string[],
    reasons: readonly string[],
    now: Date,
  ): Promise<void> {
    const sent = await this.db.query<{ id: string }>(
      `SELECT r.id FROM reminder r JOIN message m ON m.id = r.message_id
        WHERE r.sequence_id = ANY($1::uuid[]) AND r.status = 'sent' AND m.status IN ('queued', 'cancelled')`,
      [sequenceIds],
    );
    if (sent.length === 0) return;
    await this.messages.cancel({ reminderIds: sent.map((row) => row.id) }, 'sequence_stopped');
    await this.db.execute(
      `UPDATE reminder r SET status = 'stopped', reason = n.reason, closed_at = $4, version = r.version + 1, updated_at = $4
         FROM unnest($1::uuid[], $2::text[]) AS n (sequence_id, reason), message m
        WHERE r.sequence_id = n.sequence_id AND r.id = ANY($3::uuid[]) AND r.status = 'sent' AND m.id = r.message_id AND m.status = 'cancelled'`,
      [sequenceIds, reasons, sent.map((row) => row.id), now],
    );
  }

  private lockLive({
    leadIds = [],
    contactIds = [],
  }: {
    leadIds?: readonly string[];
    contactIds?: readonly string[];
  }): Promise<LiveSequence[]> {
    return this.db.query<LiveSequence>(
      `SELECT id, lead_id AS "leadId", contact_id AS "contactId", anchor_at AS "anchorAt", plan_version_id AS "planVersionId"
         FROM follow_up_sequence
        WHERE status IN ('running', 'paused') AND (lead_id = ANY($1::uuid[]) OR contact_id = ANY($2::uuid[]))
        ORDER BY id FOR UPDATE`,
      [leadIds, contactIds],
    );
  }
}
