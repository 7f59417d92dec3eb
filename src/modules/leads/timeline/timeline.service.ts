import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { currentActor, SYSTEM, type Actor } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';

export interface NewTimelineEntry {
  leadId: string;
  /** The words are `leads:timeline_<kind>`, filled with `data`. */
  kind: string;
  /** Left out: now. */
  at?: Date;
  /** Left out: whoever acts, or the system. */
  actor?: Actor;
  refType?: string;
  refId?: string;
  data?: Record<string, unknown>;
}

/** The one story of a lead, to which every module appends. */
@Injectable()
export class Timeline {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * One INSERT for all of them. With `touch` the leads count as active at that time, though never in the
   * future; a touch leaves the version alone, so that a mail does not spoil an officer's open form.
   */
  async append(entries: readonly NewTimelineEntry[], options: { touch?: boolean } = {}): Promise<void> {
    if (entries.length === 0) return;
    const now = this.clock.now();
    const acting = currentActor() ?? SYSTEM;
    const rows = entries.map(({ leadId, kind, at = now, actor = acting, refType, refId, data }) => ({
      id: newId(),
      lead_id: leadId,
      at,
      kind,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      ref_type: refType ?? null,
      ref_id: refId ?? null,
      data: data ?? {},
    }));
    await this.db.transaction(async () => {
      await this.db.execute(
        `INSERT INTO timeline_entry (id, lead_id, at, kind, actor_kind, actor_id, actor_name, ref_type, ref_id, data)
         SELECT id, lead_id, at, kind, actor_kind, actor_id, actor_name, ref_type, ref_id, data
           FROM jsonb_populate_recordset(NULL::timeline_entry, $1::jsonb)`,
        [JSON.stringify(rows)],
      );
      if (options.touch) await this.touch(rows, now);
    });
  }

  /** Locks in the order of ids: two batches never wait for each other. */
  private async touch(rows: readonly { lead_id: string; at: Date }[], now: Date): Promise<void> {
    await this.db.execute(
      `WITH wished AS (SELECT lead_id, least(max(at), $3) AS at FROM unnest($1::uuid[], $2::timestamptz[]) AS t (lead_id, at) GROUP BY lead_id),
            locked AS (SELECT l.id FROM lead l JOIN wished w ON w.lead_id = l.id WHERE l.last_activity_at < w.at ORDER BY l.id FOR NO KEY UPDATE OF l)
       UPDATE lead l SET last_activity_at = greatest(l.last_activity_at, w.at)
         FROM wished w JOIN locked k ON k.id = w.lead_id WHERE l.id = k.id`,
      [rows.map((row) => row.lead_id), rows.map((row) => row.at), now],
    );
  }
}
