import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { DraftContextQueries } from './draft-context.queries.js';
import { DraftWriter, type DraftRefusal, type NewMessage } from './draft-writer.js';
import type { MessageDraft } from './message-draft.rules.js';
import { sendMessage } from './messaging.jobs.js';

export interface CreatedMessages {
  /** Ids of the messages that are new. */
  created: string[];
  /** The id behind each key, new or there before. */
  byKey: Map<string, string>;
  /** Drafts that may not be sent to that person now; nothing was made for them. */
  refused: DraftRefusal[];
}

/** Which waiting messages; at least one of these. */
export interface WaitingMessages {
  ids?: readonly string[];
  reminderIds?: readonly string[];
  leadIds?: readonly string[];
  contactIds?: readonly string[];
  /** Left out: both. */
  purpose?: 'promotion' | 'service';
}

const CHUNK = 500;

/** Mails: made in bulk and once, held back, taken back. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly context: DraftContextQueries,
    private readonly writer: DraftWriter,
    private readonly queue: JobQueue,
  ) {}

  /** Renders and stores them; those due now are sent right after the commit. Twice under one key is once. */
  async create(drafts: readonly MessageDraft[]): Promise<CreatedMessages> {
    const result: CreatedMessages = { created: [], byKey: new Map(), refused: [] };
    if (drafts.length === 0) return result;
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const hours = await this.calendar.view();
      for (let at = 0; at < drafts.length; at += CHUNK) {
        const chunk = drafts.slice(at, at + CHUNK);
        const written = await this.writer.write(chunk, await this.context.load(chunk), { now, hours });
        result.refused.push(...written.refused);
        await this.insert(written.messages, now, result);
      }
      return result;
    });
  }

  /** Waiting ones go out no earlier than this. */
  async hold(which: WaitingMessages, until: Date): Promise<number> {
    return this.db.execute(
      `UPDATE message SET not_before = greatest(not_before, $1), version = version + 1
        WHERE id IN (SELECT id FROM message WHERE ${WAITING} ORDER BY id FOR UPDATE)`,
      [until, ...selection(which)],
    );
  }

  /** Takes back what waits. What is being sent cannot be taken back, and is not. @param reason a code, kept as `errorCode` */
  async cancel(which: WaitingMessages, reason: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE message SET status = 'cancelled', error_code = $1, version = version + 1
        WHERE id IN (SELECT id FROM message WHERE ${WAITING} ORDER BY id FOR UPDATE) RETURNING id`,
      [reason, ...selection(which)],
    );
    return rows.map((row) => row.id);
  }

  private async insert(messages: readonly NewMessage[], now: Date, result: CreatedMessages): Promise<void> {
    if (messages.length === 0) return;
    const ids = new Set(await this.writer.insert(messages));
    const due = messages.filter((message) => ids.has(message.id) && message.notBefore <= now);
    for (const message of messages.filter((one) => ids.has(one.id)))
      result.byKey.set(message.dedupeKey, message.id);
    result.created.push(...ids);
    const before = messages.map((message) => message.dedupeKey).filter((key) => !result.byKey.has(key));
    for (const { id, key } of await this.existing(before)) result.byKey.set(key, id);
    if (due.length > 0) this.db.afterCommit(() => this.enqueue(due.map((message) => message.id)));
  }

  private async existing(keys: readonly string[]): Promise<{ id: string; key: string }[]> {
    if (keys.length === 0) return [];
    return this.db.query(`SELECT id, dedupe_key AS key FROM message WHERE dedupe_key = ANY($1::text[])`, [
      keys,
    ]);
  }

  private enqueue(ids: readonly string[]): Promise<void> {
    return this.queue.addBulk(
      sendMessage,
      ids.map((messageId) => ({ payload: { messageId }, jobId: `message-${messageId}-0` })),
    );
  }
}

const WAITING = `status = 'queued'
   AND (id = ANY($2::uuid[]) OR reminder_id = ANY($3::uuid[]) OR lead_id = ANY($4::uuid[]) OR contact_id = ANY($5::uuid[]))
   AND purpose = coalesce($6, purpose)`;

function selection({
  ids = [],
  reminderIds = [],
  leadIds = [],
  contactIds = [],
  purpose,
}: WaitingMessages): unknown[] {
  return [ids, reminderIds, leadIds, contactIds, purpose ?? null];
}
