import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import type { PlanStep } from './plans.queries.js';
import { plannedState, type ReminderChange, type ReminderRow } from './reconcile.rules.js';
import type { Attendance, PlannedStep } from './sequence.rules.js';

/** A sequence as it shall be after planning. */
export interface SequenceState {
  id: string;
  isNew: boolean;
  leadId: string;
  roundId: string;
  roundName: string;
  contactId: string | null;
  ownerId: string | null;
  planVersionId: string;
  anchorAt: Date;
  startedAt: Date;
  attendance: Attendance;
  hasClusterInterest: boolean;
}

export interface ReconciledSequence {
  sequence: SequenceState;
  changes: ReminderChange[];
}

export interface PlannedSequence extends ReconciledSequence {
  /** The person never agreed to advertising: such e-mails will be left out when they come due. */
  noConsent: boolean;
}

const ROWS_AT_ONCE = 10_000;

/** The rows of sequences and reminders, written set by set. */
@Injectable()
export class SequencesWriter {
  constructor(private readonly db: Database) {}

  async write(items: readonly ReconciledSequence[], steps: readonly PlanStep[], now: Date): Promise<void> {
    await this.insertSequences(items.filter((item) => item.sequence.isNew).map((item) => item.sequence));
    await this.updateSequences(items.filter((item) => !item.sequence.isNew).map((item) => item.sequence));
    await this.insertReminders(items, steps, now);
    await this.updateReminders(items, now);
    await this.cancelDropped(items, now);
    const doubtful = items.filter(({ sequence, changes }) => !sequence.isNew || !changes.some(isToDo));
    await this.settleStatus(
      doubtful.map((item) => item.sequence.id),
      { resume: true },
    );
  }

  private async insertSequences(sequences: readonly SequenceState[]): Promise<void> {
    if (sequences.length === 0) return;
    await this.db.execute(
      `INSERT INTO follow_up_sequence (id, lead_id, round_id, contact_id, plan_version_id, anchor_at, started_at, attendance, has_cluster_interest, round_name)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::boolean[], $10::text[])`,
      columnsOf(sequences),
    );
  }

  private async updateSequences(sequences: readonly SequenceState[]): Promise<void> {
    if (sequences.length === 0) return;
    await this.db.execute(
      `UPDATE follow_up_sequence q
          SET contact_id = n.contact_id, plan_version_id = n.plan_version_id, anchor_at = n.anchor_at,
              started_at = n.started_at, attendance = n.attendance, has_cluster_interest = n.has_cluster_interest,
              round_name = n.round_name
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::boolean[], $10::text[])
              AS n (id, lead_id, round_id, contact_id, plan_version_id, anchor_at, started_at, attendance, has_cluster_interest, round_name)
        WHERE q.id = n.id
          AND (q.contact_id, q.plan_version_id, q.anchor_at, q.started_at, q.attendance, q.has_cluster_interest, q.round_name)
              IS DISTINCT FROM (n.contact_id, n.plan_version_id, n.anchor_at, n.started_at, n.attendance, n.has_cluster_interest, n.round_name)`,
      columnsOf(sequences),
    );
  }

  /** One row of arrays per sequence, one per step, and for each reminder only what is its own: little travels. */
  private async insertReminders(
    items: readonly ReconciledSequence[],
    steps: readonly PlanStep[],
    now: Date,
  ): Promise<void> {
    const stepIndex = new Map(steps.map((step, index) => [step.id, index + 1]));
    const sequences = items.map((item) => item.sequence);
    const rows = items.flatMap((item, index) =>
      item.changes.flatMap((change) =>
        change.kind === 'insert' ? [{ index: index + 1, planned: change.planned }] : [],
      ),
    );
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await this.insertChunk(rows.slice(at, at + ROWS_AT_ONCE), { sequences, steps, stepIndex, now });
    }
  }

  private async insertChunk(rows: readonly NewRow[], context: InsertContext): Promise<void> {
    const { sequences, steps, stepIndex, now } = context;
    const states = rows.map((row) => plannedState(row.planned));
    await this.db.execute(INSERT_REMINDERS, [
      rows.map(() => newId()),
      rows.map((row) => row.index),
      rows.map((row) => stepIndex.get(row.planned.step.id)),
      rows.map((row) => row.planned.dueAt),
      states.map((state) => state.status),
      states.map((state) => state.reason),
      sequences.map((sequence) => sequence.id),
      sequences.map((sequence) => sequence.leadId),
      sequences.map((sequence) => sequence.roundId),
      sequences.map((sequence) => sequence.contactId),
      sequences.map((sequence) => sequence.ownerId),
      steps.map((step) => step.id),
      steps.map((step) => step.key),
      steps.map((step) => step.channel),
      steps.map((step) => step.titleVi),
      steps.map((step) => step.titleEn),
      now,
    ]);
  }

  /** What was sent or opened since it was read is left alone. */
  private async updateReminders(items: readonly ReconciledSequence[], now: Date): Promise<void> {
    const rows = items.flatMap(({ sequence, changes }) =>
      changes.flatMap((change) =>
        change.kind === 'update' ? [{ ...change, contactId: sequence.contactId }] : [],
      ),
    );
    if (rows.length === 0) return;
    const states = rows.map((row) => plannedState(row.planned));
    await this.db.execute(
      `UPDATE reminder r
          SET due_at = n.due_at, original_due_at = n.original_due_at, status = n.status, reason = n.reason, step_id = s.id,
              channel = s.channel, title_vi = s.title_vi, title_en = s.title_en, contact_id = n.contact_id,
              closed_at = NULL, closed_by = NULL, version = r.version + 1, updated_at = $8
         FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::uuid[])
              AS n (id, step_id, due_at, original_due_at, status, reason, contact_id)
         JOIN follow_up_step s ON s.id = n.step_id
        WHERE r.id = n.id AND r.dispatched_at IS NULL AND r.status IN ('pending', 'skipped', 'cancelled')`,
      [
        rows.map((row) => row.row.id),
        rows.map((row) => row.planned.step.id),
        rows.map((row) => row.dueAt),
        rows.map((row) => row.planned.dueAt),
        states.map((state) => state.status),
        states.map((state) => state.reason),
        rows.map((row) => row.contactId),
        now,
      ],
    );
  }

  private async cancelDropped(items: readonly ReconciledSequence[], now: Date): Promise<void> {
    const ids = items.flatMap((item) =>
      item.changes.flatMap((change) => (change.kind === 'cancel' ? [change.row.id] : [])),
    );
    if (ids.length === 0) return;
    await this.db.execute(
      `UPDATE reminder SET status = 'cancelled', reason = 'plan_changed', version = version + 1, updated_at = $2
        WHERE id = ANY($1::uuid[]) AND status = 'pending' AND dispatched_at IS NULL`,
      [ids, now],
    );
  }

  /** A sequence with nothing left to do is completed; one that got something again runs. Stopped ones stay. */
  async settleStatus(sequenceIds: readonly string[], options: { resume?: boolean } = {}): Promise<void> {
    if (sequenceIds.length === 0) return;
    await this.db.execute(
      `UPDATE follow_up_sequence q SET status = w.status
         FROM (SELECT s.id, CASE WHEN EXISTS (
                 SELECT 1 FROM reminder r WHERE r.sequence_id = s.id AND r.status IN ('pending', 'open'))
               THEN 'running' ELSE 'completed' END AS status
                 FROM follow_up_sequence s WHERE s.id = ANY($1::uuid[])) w
        WHERE q.id = w.id AND q.status <> w.status AND q.status = ANY($2)`,
      [[...new Set(sequenceIds)], ['running', 'completed', ...(options.resume ? ['paused'] : [])]],
    );
  }

  /** Every row of the sequences that planning may have to look at, by sequence. */
  async rowsOf(sequenceIds: readonly string[]): Promise<Map<string, ReminderRow[]>> {
    const bySequence = new Map<string, ReminderRow[]>(sequenceIds.map((id) => [id, []]));
    if (sequenceIds.length === 0) return bySequence;
    const rows = await this.db.query<ReminderRow & { sequenceId: string }>(
      `SELECT id, sequence_id AS "sequenceId", step_key AS "stepKey", step_id AS "stepId", contact_id AS "contactId", owner_id AS "ownerId", status, reason,
              due_at AS "dueAt", original_due_at AS "originalDueAt", dispatched_at AS "dispatchedAt", closed_at AS "closedAt"
         FROM reminder WHERE sequence_id = ANY($1::uuid[])`,
      [sequenceIds],
    );
    for (const row of rows) bySequence.get(row.sequenceId)!.push(row);
    return bySequence;
  }
}

function isToDo(change: ReminderChange): boolean {
  return change.kind === 'insert' && change.planned.skip === null;
}

interface NewRow {
  /** Of its sequence, from 1. */
  index: number;
  planned: PlannedStep;
}

interface InsertContext {
  sequences: readonly SequenceState[];
  steps: readonly PlanStep[];
  stepIndex: ReadonlyMap<string, number>;
  now: Date;
}

function columnsOf(sequences: readonly SequenceState[]): unknown[] {
  return [
    sequences.map((sequence) => sequence.id),
    sequences.map((sequence) => sequence.leadId),
    sequences.map((sequence) => sequence.roundId),
    sequences.map((sequence) => sequence.contactId),
    sequences.map((sequence) => sequence.planVersionId),
    sequences.map((sequence) => sequence.anchorAt),
    sequences.map((sequence) => sequence.startedAt),
    sequences.map((sequence) => sequence.attendance),
    sequences.map((sequence) => sequence.hasClusterInterest),
    sequences.map((sequence) => sequence.roundName),
  ];
}

const INSERT_REMINDERS = `
  INSERT INTO reminder (id, sequence_id, step_id, step_key, lead_id, round_id, contact_id, owner_id, channel, title_vi, title_en,
                        due_at, original_due_at, status, reason, created_at, updated_at)
  SELECT n.id, q.id, t.id, t.key, q.lead_id, q.round_id, q.contact_id, q.owner_id, t.channel, t.title_vi, t.title_en,
         n.due_at, n.due_at, n.status, n.reason, $17, $17
    FROM unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::text[], $6::text[])
         AS n (id, sequence_index, step_index, due_at, status, reason)
    JOIN unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[]) WITH ORDINALITY
         AS q (id, lead_id, round_id, contact_id, owner_id, index) ON q.index = n.sequence_index
    JOIN unnest($12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[]) WITH ORDINALITY
         AS t (id, key, channel, title_vi, title_en, index) ON t.index = n.step_index
  ON CONFLICT (lead_id, round_id, step_key) DO NOTHING`;
