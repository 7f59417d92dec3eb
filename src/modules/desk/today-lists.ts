import sql, { empty, raw, type Sql } from 'sql-template-tag';

/** Rows shown of each list; its total counts them all. */
export const SHOWN = 20;

export interface TodayScope {
  /** Null: everybody's. */
  ownerId: string | null;
  now: Date;
}

/** Nothing to add for everybody's. */
function owned({ ownerId }: TodayScope, column: string): Sql {
  return ownerId === null ? empty : sql`AND ${raw(column)} = ${ownerId}::uuid`;
}

const LEAD = `json_build_object('id', l.id, 'reference', l.reference) AS lead`;
const FIRM = `(SELECT json_build_object('id', f.id, 'name', f.name) FROM firm f WHERE f.id = l.firm_id) AS firm`;
const OWNER = `(SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = l.owner_id) AS owner`;
const WHO = raw(`${LEAD}, ${FIRM}, ${OWNER}`);

export function countsStatement(scope: TodayScope, midnight: Date, tomorrow: Date, weekEnd: Date): Sql {
  const doneBy = scope.ownerId === null ? empty : sql`AND closed_by = ${scope.ownerId}::uuid`;
  return sql`
    SELECT count(*) FILTER (WHERE due_at < ${scope.now})::int AS overdue,
           count(*) FILTER (WHERE due_at >= ${midnight} AND due_at < ${tomorrow})::int AS today,
           count(*) FILTER (WHERE due_at >= ${midnight})::int AS week,
           (SELECT count(*)::int FROM reminder WHERE status = 'done' AND closed_at >= ${midnight} ${doneBy}) AS done
      FROM reminder r WHERE r.status IN ('pending', 'open') AND r.due_at < ${weekEnd} ${owned(scope, 'r.owner_id')}`;
}

/** The same condition as `/leads?unanswered=true`. */
export function enquiriesStatement(scope: TodayScope): Sql {
  const whose =
    scope.ownerId === null ? empty : sql`AND (l.owner_id = ${scope.ownerId}::uuid OR l.owner_id IS NULL)`;
  return sql`
    WITH hit AS (
      SELECT l.id, count(*) OVER ()::int AS total FROM lead l
       WHERE l.source = 'enquiry' AND l.answered_at IS NULL AND l.stage <> 'lost' ${whose}
       ORDER BY l.opened_at, l.id LIMIT ${SHOWN})
    SELECT hit.total, ${WHO}, l.opened_at AS "openedAt", l.acknowledged_at AS "acknowledgedAt", l.answered_at AS "answeredAt",
           (SELECT left(e.message, 300) FROM enquiry e WHERE e.lead_id = l.id ORDER BY e.received_at DESC LIMIT 1) AS message
      FROM hit JOIN lead l ON l.id = hit.id ORDER BY l.opened_at, l.id`;
}

export function answersStatement(scope: TodayScope, since: Date): Sql {
  return sql`
    WITH hit AS (
      SELECT a.id, count(*) OVER ()::int AS total FROM message_answer a
        JOIN message m ON m.id = a.message_id JOIN lead l ON l.id = m.lead_id
       WHERE a.at >= ${since} ${owned(scope, 'l.owner_id')}
       ORDER BY a.at DESC, a.id DESC LIMIT ${SHOWN})
    SELECT hit.total, ${WHO}, m.id AS "messageId", a.answer, a.note, a.until_day::text AS until, a.at,
           (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = m.contact_id) AS contact,
           EXISTS (SELECT 1 FROM activity x WHERE x.lead_id = l.id AND x.created_at > a.at AND NOT x.incoming)
             OR EXISTS (SELECT 1 FROM lead_stage_change x WHERE x.lead_id = l.id AND x.recorded_at > a.at AND x.actor_id IS NOT NULL)
             OR EXISTS (SELECT 1 FROM reminder x WHERE x.lead_id = l.id AND x.status = 'done' AND x.closed_at > a.at) AS acted
      FROM hit JOIN message_answer a ON a.id = hit.id JOIN message m ON m.id = a.message_id JOIN lead l ON l.id = m.lead_id
     ORDER BY a.at DESC, a.id DESC`;
}

/** What is `unknown` waits for a decision however old; a bounce is settled once the person has a new address. */
export function attentionStatement(scope: TodayScope): Sql {
  return sql`
    WITH hit AS (
      SELECT m.id, count(*) OVER ()::int AS total FROM message m JOIN lead l ON l.id = m.lead_id
       WHERE m.status IN ('unknown', 'failed', 'bounced') AND m.audience = 'investor' ${owned(scope, 'l.owner_id')}
         AND (m.status = 'unknown' OR m.created_at >= ${scope.now}::timestamptz - interval '30 days')
         AND (m.status <> 'bounced' OR EXISTS (SELECT 1 FROM contact c WHERE c.id = m.contact_id AND c.email_state = 'bounced'))
       ORDER BY m.created_at DESC, m.id DESC LIMIT ${SHOWN})
    SELECT hit.total, ${WHO}, m.id, m.status, m.error_code AS "errorCode", m.subject, m.to_name AS "toName",
           m.contact_id AS "contactId", m.created_at AS "createdAt", m.version
      FROM hit JOIN message m ON m.id = hit.id JOIN lead l ON l.id = m.lead_id ORDER BY m.created_at DESC, m.id DESC`;
}

/** `infinity` as in the index of the list's order by next action. */
export function neglectedStatement(scope: TodayScope): Sql {
  return sql`
    WITH hit AS (
      SELECT l.id, count(*) OVER ()::int AS total FROM lead l JOIN pipeline_stage s ON s.kind = l.kind AND s.code = l.stage
       WHERE coalesce(l.next_action_at, 'infinity'::timestamptz) = 'infinity'::timestamptz AND NOT s.is_final ${owned(scope, 'l.owner_id')}
         AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.lead_id = l.id AND r.channel = 'officer_task' AND r.status IN ('pending', 'open'))
       ORDER BY l.last_activity_at, l.id LIMIT ${SHOWN})
    SELECT hit.total, ${WHO}, l.stage, l.next_action AS "nextAction", l.last_activity_at AS "lastActivityAt"
      FROM hit JOIN lead l ON l.id = hit.id ORDER BY l.last_activity_at, l.id`;
}

/** By who sees to the obstacle, not by whose lead it is; those of nobody belong to the lead's owner. */
export function obstaclesStatement(scope: TodayScope, tomorrow: Date): Sql {
  return sql`
    WITH hit AS (
      SELECT o.id, count(*) OVER ()::int AS total FROM obstacle o JOIN lead l ON l.id = o.lead_id
       WHERE o.status IN ('open', 'in_progress') AND (o.due_at < ${tomorrow} OR o.acknowledged_at IS NULL)
         ${owned(scope, 'coalesce(o.owner_id, l.owner_id)')}
       ORDER BY o.due_at, o.id LIMIT ${SHOWN})
    SELECT hit.total, ${raw(`${LEAD}, ${FIRM}`)}, o.id, o.title, o.status, o.due_at AS "dueAt", o.due_at < ${scope.now} AS overdue,
           (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = o.owner_id) AS owner
      FROM hit JOIN obstacle o ON o.id = hit.id JOIN lead l ON l.id = o.lead_id ORDER BY o.due_at, o.id`;
}
