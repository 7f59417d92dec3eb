import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { Channel } from '../follow-up/sequence.rules.js';
import type { ProgressCounts, RoundProgress } from './progress.dto.js';

interface Fact {
  day: string;
  figure: string;
  count: number;
}

interface Head {
  closedAt: Date | null;
  since: Date | null;
  leadsMoved: number;
  pending: number;
  open: number;
  mailsQueued: number;
}

interface StepRow {
  stepKey: string;
  titleVi: string;
  titleEn: string;
  channel: Channel;
  count: number;
  dueAt: Date;
}

/** What came of a round: each figure counts the rows that its own list shows. */
@Injectable()
export class ProgressQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async of(roundId: string): Promise<RoundProgress> {
    const [head] = await this.db.query<Head>(HEAD, [roundId]);
    if (!head) throw new NotFound('round_not_found');
    const facts = await this.db.query<Fact>(FACTS, [
      roundId,
      head.since,
      this.clock.now(),
      this.config.timeZone,
    ]);
    const steps = await this.db.query<StepRow>(STEPS, [roundId]);
    const days = [...new Set(facts.map((fact) => fact.day))];
    return {
      roundId,
      closedAt: head.closedAt?.toISOString() ?? null,
      since: head.since?.toISOString() ?? null,
      totals: countsOf(facts),
      leadsMoved: head.leadsMoved,
      days: days.map((day) => ({ day, ...countsOf(facts.filter((fact) => fact.day === day)) })),
      waiting: {
        pending: head.pending,
        open: head.open,
        mailsQueued: head.mailsQueued,
        nextDueAt: steps[0]?.dueAt.toISOString() ?? null,
        steps: steps.map((step) => ({ ...step, dueAt: step.dueAt.toISOString() })),
      },
    };
  }
}

function countsOf(facts: readonly Fact[]): ProgressCounts {
  const sum = (test: (figure: string) => boolean) =>
    facts.reduce((total, fact) => total + (test(fact.figure) ? fact.count : 0), 0);
  const of = (figure: string) => sum((one) => one === figure);
  return {
    mailsSent: of('mail:sent'),
    mailsBounced: of('mail:bounced'),
    mailsFailed: of('mail:failed'),
    mailsUnknown: of('mail:unknown'),
    answered: sum((figure) => figure.startsWith('answer:')),
    answers: {
      interested: of('answer:interested'),
      call_me: of('answer:call_me'),
      visit: of('answer:visit'),
      not_now: of('answer:not_now'),
      not_interested: of('answer:not_interested'),
    },
    optedOut: of('opted_out'),
    stageMoves: of('stage'),
    tasksDone: of('done'),
    tasksLate: of('late'),
  };
}

/** Waking a sleeping lead is no step forward. */
const FORWARD = `
  FROM lead_stage_change s
  JOIN lead l ON l.id = s.lead_id
  JOIN pipeline_stage t ON t.kind = l.kind AND t.code = s.to_stage
  JOIN pipeline_stage o ON o.kind = l.kind AND o.code = s.from_stage AND o.position < t.position
 WHERE s.lead_id IN (SELECT p.lead_id FROM participation p WHERE p.round_id = $1)`;

/** The first close is when the first reminder was made, if the round was closed anew since. */
const HEAD = `
  WITH round AS (
    SELECT r.id, r.closed_at, least(r.closed_at, (SELECT min(m.created_at) FROM reminder m WHERE m.round_id = r.id)) AS since
      FROM promotion_round r WHERE r.id = $1)
  SELECT r.closed_at AS "closedAt", r.since,
         (SELECT count(DISTINCT s.lead_id) ${FORWARD} AND s.recorded_at >= r.since)::int AS "leadsMoved",
         (SELECT count(*) FROM reminder m WHERE m.round_id = r.id AND m.status = 'pending')::int AS pending,
         (SELECT count(*) FROM reminder m WHERE m.round_id = r.id AND m.status = 'open')::int AS open,
         (SELECT count(*) FROM message m
           WHERE m.round_id = r.id AND m.audience = 'investor' AND m.status IN ('queued', 'sending'))::int AS "mailsQueued"
    FROM round r`;

const FACTS = `
  SELECT (f.at AT TIME ZONE $4)::date::text AS day, f.figure, count(*)::int AS count
    FROM (
      SELECT coalesce(m.sent_at, m.claimed_at, m.created_at) AS at, 'mail:' || m.status AS figure
        FROM message m
       WHERE m.round_id = $1 AND m.audience = 'investor' AND m.status IN ('sent', 'bounced', 'failed', 'unknown')
      UNION ALL
      SELECT a.at, 'answer:' || a.answer FROM message_answer a JOIN message m ON m.id = a.message_id WHERE m.round_id = $1
      UNION ALL
      SELECT min(k.recorded_at), 'opted_out'
        FROM consent k
       WHERE k.purpose = 'promotion_mail' AND k.action = 'withdrawn' AND k.recorded_at >= $2::timestamptz
         AND k.contact_id IN (SELECT q.contact_id FROM follow_up_sequence q WHERE q.round_id = $1)
       GROUP BY k.contact_id
      UNION ALL
      SELECT s.recorded_at, 'stage' ${FORWARD} AND s.recorded_at >= $2::timestamptz
      UNION ALL
      SELECT r.closed_at, 'done' FROM reminder r
       WHERE r.round_id = $1 AND r.status = 'done' AND r.channel IN ('officer_task', 'manager_escalation')
      UNION ALL
      SELECT r.due_at, 'late' FROM reminder r WHERE r.round_id = $1 AND r.status = 'open' AND r.due_at < $3::timestamptz) f
   GROUP BY 1, 2 ORDER BY 1, 2`;

const STEPS = `
  SELECT r.step_key AS "stepKey", (array_agg(r.title_vi ORDER BY r.due_at))[1] AS "titleVi",
         (array_agg(r.title_en ORDER BY r.due_at))[1] AS "titleEn", r.channel, count(*)::int AS count, min(r.due_at) AS "dueAt"
    FROM reminder r WHERE r.round_id = $1 AND r.status = 'pending'
   GROUP BY r.step_key, r.channel ORDER BY min(r.due_at), r.step_key`;
