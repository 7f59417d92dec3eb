import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { NotFound, ProblemError } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { agencyName } from './letters/letter-values.js';
import { answerLifeEnded, readToken, type TokenPurpose } from './answer-token.rules.js';
import type { Answer } from './message.entity.js';

/** What the page behind a link needs to know. */
export interface AnswerableMessage {
  messageId: string;
  language: Language;
  subject: string;
  /** The mailbox it went to; the contact may have another one by now. */
  toAddress: string;
  contactId: string;
  contactName: string;
  firmName: string;
  leadId: string | null;
  leadReference: string | null;
  /** The lead is lost: nothing follows an answer but that an officer reads it. */
  leadClosed: boolean;
  reminderId: string | null;
  roundId: string | null;
  officerName: string | null;
  agencyName: string;
  sentAt: Date | null;
  /** The time to answer is over. Opting out has no end. */
  expired: boolean;
  /** The last word so far. */
  given: GivenAnswer | null;
}

export interface GivenAnswer {
  answer: Answer;
  note: string | null;
  untilDay: string | null;
  at: Date;
}

export interface AnswerInput {
  answer: Answer;
  note?: string | null;
  /** With `not_now`: ask again from this local day. */
  until?: string | null;
  at: Date;
}

export interface SettledAnswer {
  /** False when the very same had been answered before: nothing is to follow from it. */
  changed: boolean;
  previous: GivenAnswer | null;
  contactId: string;
  leadId: string | null;
  reminderId: string | null;
  roundId: string | null;
}

type Row = Omit<AnswerableMessage, 'agencyName' | 'expired' | 'given'> & {
  createdAt: Date;
  answer: Answer | null;
  note: string | null;
  untilDay: string | null;
  at: Date | null;
};

/** What investors answer on the page of a message. The lead's part is the caller's: `LeadsService.settleAnswer`. */
@Injectable()
export class MessageAnswers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The message behind a link of a mail, or null: not ours, for the other purpose, or of a message that is gone. */
  async findByToken(token: string, purpose: TokenPurpose): Promise<AnswerableMessage | null> {
    const messageId = readToken(token, purpose, this.config.secretKey);
    return messageId === null ? null : this.find(messageId);
  }

  async find(messageId: string): Promise<AnswerableMessage | null> {
    const [row] = await this.db.query<Row>(`${SELECT} WHERE m.id = $1 AND m.audience = 'investor'`, [
      messageId,
    ]);
    if (!row) return null;
    const { createdAt, ...message } = row;
    return {
      ...message,
      agencyName: agencyName(this.config),
      expired: answerLifeEnded(createdAt, this.clock.now()),
      given: givenOf(row),
    };
  }

  /**
   * Records the answer. The same one again is harmless; another one replaces it, and the lead's timeline, to which
   * every change is told, keeps both. After 180 days 410 `answer_expired`.
   */
  settleAnswer(messageId: string, input: AnswerInput): Promise<SettledAnswer> {
    return this.db.transaction(async () => {
      await this.db.query(`SELECT id FROM message WHERE id = $1 FOR UPDATE`, [messageId]);
      const message = await this.find(messageId);
      if (!message) throw new NotFound('message_not_found');
      if (message.expired) throw new ProblemError(410, 'answer_expired');
      const { given: previous, contactId, leadId, reminderId, roundId } = message;
      const next = { answer: input.answer, note: input.note?.trim() || null, untilDay: input.until ?? null };
      const changed =
        !previous ||
        previous.answer !== next.answer ||
        previous.note !== next.note ||
        previous.untilDay !== next.untilDay;
      if (changed) {
        await this.db.execute(
          `INSERT INTO message_answer (id, message_id, answer, note, until_day, at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (message_id) DO UPDATE SET answer = excluded.answer, note = excluded.note, until_day = excluded.until_day, at = excluded.at`,
          [newId(), messageId, next.answer, next.note, next.untilDay, input.at],
        );
      }
      return { changed, previous, contactId, leadId, reminderId, roundId };
    });
  }
}

const SELECT = `
  SELECT m.id AS "messageId", m.language, m.subject, m.to_address AS "toAddress", m.contact_id AS "contactId", c.full_name AS "contactName", f.name AS "firmName",
         m.lead_id AS "leadId", l.reference AS "leadReference", coalesce(l.stage = 'lost', false) AS "leadClosed", m.reminder_id AS "reminderId", m.round_id AS "roundId", u.name AS "officerName",
         m.sent_at AS "sentAt", m.created_at AS "createdAt", a.answer, a.note, a.until_day::text AS "untilDay", a.at
    FROM message m JOIN contact c ON c.id = m.contact_id JOIN firm f ON f.id = c.firm_id
    LEFT JOIN lead l ON l.id = m.lead_id LEFT JOIN app_user u ON u.id = m.officer_id LEFT JOIN message_answer a ON a.message_id = m.id`;

function givenOf({ answer, note, untilDay, at }: Row): GivenAnswer | null {
  return answer && at ? { answer, note, untilDay, at } : null;
}
