import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { translate } from '../../platform/i18n/i18n.js';
import type { Channel } from './sequence.rules.js';

export interface Title {
  titleVi: string;
  titleEn: string;
}

/** Something to do that is no step of a plan. One row per lead and key. */
export interface NewTask extends Title {
  leadId: string;
  stepKey: string;
  channel: Exclude<Channel, 'investor_email'>;
  contactId?: string | null;
  ownerId: string | null;
  dueAt: Date;
  /** `open`: lies before a person at once. */
  status: 'pending' | 'open';
}

export interface WrittenTask extends NewTask {
  id: string;
}

/** The words of `follow:<key>` in both languages of the staff. */
export function titleOf(
  key: string,
  params: (language: 'vi' | 'en') => Record<string, unknown> = () => ({}),
): Title {
  return {
    titleVi: translate('vi', `follow:${key}`, params('vi')),
    titleEn: translate('en', `follow:${key}`, params('en')),
  };
}

/** A reason's code and its words, for the lead's story. */
export function reasonWords(reason: string): { reason: string; reasonVi: string; reasonEn: string } {
  const key = `follow:reason_${reason}`;
  return { reason, reasonVi: translate('vi', key), reasonEn: translate('en', key) };
}

@Injectable()
export class TasksWriter {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** One statement; answers those that are new. */
  async write(tasks: readonly NewTask[]): Promise<WrittenTask[]> {
    if (tasks.length === 0) return [];
    const now = this.clock.now();
    const rows = tasks.map((task): WrittenTask => ({ ...task, id: newId() }));
    const inserted = await this.db.query<{ id: string }>(
      `INSERT INTO reminder (id, lead_id, step_key, channel, contact_id, owner_id, due_at, original_due_at, status, title_vi, title_en,
                             dispatched_at, created_at, updated_at)
       SELECT id, lead_id, step_key, channel, contact_id, owner_id, due_at, due_at, status, title_vi, title_en,
              CASE WHEN status = 'open' THEN $11::timestamptz END, $11, $11
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::text[], $9::text[], $10::text[])
              AS t (id, lead_id, step_key, channel, contact_id, owner_id, due_at, status, title_vi, title_en)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        rows.map((row) => row.id),
        rows.map((row) => row.leadId),
        rows.map((row) => row.stepKey),
        rows.map((row) => row.channel),
        rows.map((row) => row.contactId ?? null),
        rows.map((row) => row.ownerId),
        rows.map((row) => row.dueAt),
        rows.map((row) => row.status),
        rows.map((row) => row.titleVi),
        rows.map((row) => row.titleEn),
        now,
      ],
    );
    const ids = new Set(inserted.map((row) => row.id));
    return rows.filter((row) => ids.has(row.id));
  }

  /** The task that a manager was told about is over: so is the escalation. */
  async closeEscalationsOf(reminderIds: readonly string[]): Promise<void> {
    if (reminderIds.length === 0) return;
    await this.db.execute(
      `UPDATE reminder SET status = 'done', outcome = 'settled', closed_at = $2, version = version + 1, updated_at = $2
        WHERE step_key = ANY($1::text[]) AND channel = 'manager_escalation' AND status IN ('pending', 'open')
          AND lead_id IN (SELECT lead_id FROM reminder WHERE id = ANY($3::uuid[]))`,
      [reminderIds.map((id) => `escalation:${id}`), this.clock.now(), reminderIds],
    );
  }
}
