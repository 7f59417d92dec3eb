import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { consentState } from '../directory/consent.queries.js';
import { Batcher } from './batcher.js';
import { DeliveryNews } from './delivery-news.js';
import { refusalOf, type ClaimedMessage, type Delivered, type RecipientFacts } from './delivery.rules.js';
import { DeliverySettings } from './delivery-settings.js';
import { DATA_REQUEST_TEMPLATES, type Refusal } from './mail.rules.js';

/** The rows of deliveries: claimed by one worker, and released with what came of it. */
@Injectable()
export class DeliveryRecords {
  private readonly logger = new Logger('Messaging');
  private readonly claims = new Batcher<string, ClaimedMessage | null>((ids) => this.claimAll(ids));
  private readonly recipients = new Batcher<string, RecipientFacts>((ids) => this.recipientsNow(ids));
  private readonly outcomes = new Batcher<Delivered, void>((delivered) => this.recordAll(delivered));

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly settings: DeliverySettings,
    private readonly news: DeliveryNews,
  ) {}

  /** The message if it is due and nobody else has it. */
  claim(messageId: string): Promise<ClaimedMessage | null> {
    return this.claims.run(messageId);
  }

  /** Why it may not go any more; null when it may. A notice is asked about only if its claim is not quite fresh. */
  async refusalNow(message: ClaimedMessage): Promise<Refusal | null> {
    const { purpose, readAt } = message;
    if (purpose === 'service' && performance.now() - readAt < this.settings.askAgainAfterMs) return null;
    return refusalOf({ ...message, ...(await this.recipients.run(message.id)) });
  }

  /** Returns when it is written. One that cannot be written does not keep those beside it from being. */
  async record(delivered: Delivered): Promise<void> {
    try {
      await this.outcomes.run(delivered);
    } catch (error) {
      this.logger.warn(
        { messageId: delivered.message.id, reason: (error as Error).name },
        'Its outcome is recorded by itself.',
      );
      await this.persist(() => this.recordAll([delivered]));
    }
  }

  /** A claim whose answer was lost is asked for again under the same token, since nothing was sent under it. */
  private async claimAll(ids: readonly string[]): Promise<(ClaimedMessage | null)[]> {
    const token = newId();
    const now = this.clock.now();
    const today = this.clock.startOf(this.clock.today());
    const readAt = performance.now();
    const rows = await this.persist(() =>
      this.db.query<Omit<ClaimedMessage, 'readAt'>>(CLAIM, [ids, now, token, today]),
    );
    const byId = new Map(rows.map((row) => [row.id, { ...row, readAt }]));
    // whoever asks for the same message in the same batch is told, as any other worker, that somebody has it
    return ids.map((id) => {
      const row = byId.get(id) ?? null;
      byId.delete(id);
      return row;
    });
  }

  private async recipientsNow(ids: readonly string[]): Promise<RecipientFacts[]> {
    const rows = await this.db.query<RecipientFacts & { id: string }>(RECIPIENT_NOW, [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id)!);
  }

  private async recordAll(delivered: readonly Delivered[]): Promise<void[]> {
    await this.db.transaction(async () => {
      const rows = await this.db.query<Pick<ClaimedMessage, 'id' | 'subject' | 'toName'>>(
        RECORD,
        columnsOf(delivered),
      );
      const written = new Map(rows.map((row) => [row.id, row]));
      // as the row has it now: the person may have been forgotten while the mail was on its way
      const told = delivered.flatMap(({ message, outcome }) => {
        const row = written.get(message.id);
        return row ? [{ message: { ...message, ...row }, outcome }] : [];
      });
      await this.news.tell(told);
    });
    return delivered.map(() => undefined);
  }

  private async persist<T>(work: () => Promise<T>): Promise<T> {
    for (const wait of this.settings.databaseRetryMs) {
      try {
        return await work();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return work();
  }
}

const RECIPIENT = `
    coalesce((SELECT c.email_state = 'bounced' FROM contact c WHERE c.id = m.contact_id), false) AS "recipientBounced",
    CASE WHEN m.audience = 'investor' THEN EXISTS (SELECT 1 FROM contact c WHERE c.id = m.contact_id AND c.erased_at IS NULL)
         ELSE EXISTS (SELECT 1 FROM app_user u WHERE u.id = m.user_id AND u.deactivated_at IS NULL) END AS "recipientActive",
    CASE WHEN m.purpose = 'promotion' THEN ${consentState('m.contact_id', 'm.to_address')} END AS consent,
    m.purpose = 'promotion' AND EXISTS (SELECT 1 FROM mail_preference p JOIN template t ON t.id = m.template_id
      WHERE p.address = m.to_address AND t.topic <> ALL (p.topics)) AS "topicRefused",
    EXISTS (SELECT 1 FROM contact c JOIN template t ON t.id = m.template_id
             WHERE c.id = m.contact_id AND c.restricted_at IS NOT NULL AND NOT starts_with(t.code, '${DATA_REQUEST_TEMPLATES}')) AS restricted`;

/** What was found out when it was claimed, once more. */
const RECIPIENT_NOW = `SELECT m.id, ${RECIPIENT} FROM message m WHERE m.id = ANY($1::uuid[])`;

const CLAIM = `
  WITH due AS (
    SELECT id FROM message WHERE id = ANY($1::uuid[]) AND ((status = 'queued' AND not_before <= $2) OR (status = 'sending' AND claim_token = $3))
     ORDER BY id FOR UPDATE SKIP LOCKED)
  UPDATE message m SET status = 'sending', claimed_at = $2, claim_token = $3, version = m.version + 1,
         attempts = m.attempts + CASE WHEN m.status = 'queued' THEN 1 ELSE 0 END
    FROM due WHERE m.id = due.id
  RETURNING m.id, m.claim_token AS "claimToken", m.purpose, m.audience, m.language, m.contact_id AS "contactId", m.user_id AS "userId",
    m.lead_id AS "leadId", m.reminder_id AS "reminderId", m.round_id AS "roundId", m.to_address AS "toAddress", m.to_name AS "toName",
    m.to_domain AS "toDomain", m.from_name AS "fromName", m.reply_to AS "replyTo", m.subject, m.body_text AS "bodyText",
    m.body_html AS "bodyHtml", m.invitation, m.message_id_header AS "messageIdHeader", m.attempts, m.claimed_at AS "claimedAt", m.first_tried_at AS "firstTriedAt",
    (SELECT u.name FROM app_user u WHERE u.id = m.officer_id) AS "officerName",
    m.not_after AS "notAfter", CASE WHEN m.purpose = 'promotion' THEN (SELECT p.frequency FROM mail_preference p WHERE p.address = m.to_address) END AS frequency,
    ${RECIPIENT},
    CASE WHEN m.purpose = 'promotion' THEN (SELECT count(*)::int FROM message o WHERE o.to_address = m.to_address AND o.purpose = 'promotion' AND o.id <> m.id
         AND (o.sent_at >= $4 OR o.status = 'sending' OR (o.status = 'unknown' AND o.claimed_at >= $4) OR (o.status = 'queued' AND o.not_before <= $2)))
         ELSE 0 END AS rivals`;

/** Whoever learns that it was sent may say so even when the sweep gave it up for lost in between. */
const RECORD = `
  UPDATE message m SET status = o.status, not_before = coalesce(o.not_before, m.not_before), sent_at = o.sent_at, error_code = o.error_code, error_text = NULL,
         first_tried_at = CASE WHEN o.status = 'queued' AND NOT o.postponed THEN coalesce(m.first_tried_at, m.claimed_at) ELSE m.first_tried_at END,
         attempts = m.attempts - CASE WHEN o.postponed THEN 1 ELSE 0 END, version = m.version + 1
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::boolean[])
         AS o (id, token, status, not_before, sent_at, error_code, postponed)
   WHERE m.id = o.id AND m.claim_token = o.token AND (m.status = 'sending' OR (o.status = 'sent' AND m.status IN ('unknown', 'queued')))
  RETURNING m.id, m.subject, m.to_name AS "toName"`;

function columnsOf(delivered: readonly Delivered[]): unknown[] {
  const outcomes = delivered.map(({ outcome }) => outcome);
  return [
    delivered.map(({ message }) => message.id),
    delivered.map(({ message }) => message.claimToken),
    outcomes.map((outcome) => outcome.status),
    outcomes.map((outcome) => (outcome.status === 'queued' ? outcome.notBefore : null)),
    outcomes.map((outcome) => (outcome.status === 'sent' ? outcome.sentAt : null)),
    outcomes.map((outcome) => (outcome.status === 'sent' ? null : outcome.code)),
    outcomes.map((outcome) => outcome.status === 'queued' && outcome.postponed),
  ];
}
