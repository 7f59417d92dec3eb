import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { ProblemError } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { EnquiriesService } from './enquiries.service.js';
import type { EnquiryBody } from './enquiry.dto.js';
import { inEvenTime } from './even-time.js';
import { formToken, readFormToken, type Receipt } from './form-token.rules.js';
import { faultsOf, judge, type TypedEnquiry, type TypedFault } from './typed-enquiry.js';
import { UnconfirmedEnquiries } from './unconfirmed-enquiries.service.js';

/** From one network address in an hour. */
const AN_HOUR_FROM_ONE = 10;
/** How many times the brake's number may wait for a confirmation before the form asks to come back later. */
const WAITING_TIMES = 4;
const HOUR_MS = 3_600_000;

/** Why the form comes back; its words are `enquiry_note_…`. */
export type FormNote = 'faults' | 'again' | 'too_fast' | 'too_many' | 'busy';

export type FormOutcome =
  | { receipt: Receipt }
  | {
      /** Status of the answer. */
      status: number;
      note: FormNote;
      faults: TypedFault[];
      /** To be sent with the form when it comes again. */
      token: string;
    };

/** The enquiry page's form: sent by a person, once, and not by thousands. */
@Injectable()
export class EnquiryForms {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly enquiries: EnquiriesService,
    private readonly unconfirmed: UnconfirmedEnquiries,
  ) {}

  newToken(): string {
    return formToken(this.clock.now(), this.config.secretKey);
  }

  async send(typed: TypedEnquiry, sender: string, language: Language): Promise<FormOutcome> {
    const token = readFormToken(typed.form, this.clock.now(), this.config.secretKey);
    if (token) {
      const known = await this.receiptOf(token.formId);
      if (known) return { receipt: known };
    }
    if (!token || token.fault === 'too_old') return this.again('again', this.newToken());
    if (token.fault === 'too_fast') return this.again('too_fast', typed.form);
    const judged = await judge(typed);
    if (Array.isArray(judged)) return this.again('faults', typed.form, judged);
    const body = { ...judged, contact: { ...judged.contact, language: judged.contact.language ?? language } };
    try {
      return await inEvenTime(() => this.accept(body, { formId: token.formId, sender, token: typed.form }));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 400)
        return this.again('faults', typed.form, faultsOf(error.faults, typed));
      throw error;
    }
  }

  /** Of an enquiry that came in under this form, now or before. */
  async receiptOf(formId: string): Promise<Receipt | null> {
    const [row] = await this.db.query<Receipt>(
      `SELECT reference, received_at AS "receivedAt", false AS waits FROM enquiry WHERE form_id = $1
       UNION ALL SELECT reference, received_at, true FROM unconfirmed_enquiry WHERE id = $1 ORDER BY waits LIMIT 1`,
      [formId],
    );
    return row ?? null;
  }

  /** In turn for each form, so that a double click is one enquiry, and for each sender, so that its count is right. */
  private accept(
    body: EnquiryBody,
    { formId, sender, token }: { formId: string; sender: string; token: string },
  ): Promise<FormOutcome> {
    return this.db.transaction(async () => {
      await this.db.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('enquiry-sender:' || $1, 0)), pg_advisory_xact_lock(hashtextextended('enquiry-form:' || $2, 0))`,
        [sender, formId],
      );
      const known = await this.receiptOf(formId);
      if (known) return { receipt: known };
      const receivedAt = this.clock.now();
      if (body.website)
        return { receipt: { reference: await this.enquiries.nextReference(), receivedAt, waits: false } };
      const lately = await this.lately(sender, receivedAt);
      if (lately.fromSender >= AN_HOUR_FROM_ONE) return this.again('too_many', token);
      if (lately.received < this.config.enquiriesPerHour) {
        const { reference } = await this.enquiries.receive(body, { formId, sender });
        return { receipt: { reference, receivedAt, waits: false } };
      }
      if (lately.waiting >= WAITING_TIMES * this.config.enquiriesPerHour) return this.again('busy', token);
      const reference = await this.unconfirmed.keep(body, { formId, sender });
      return { receipt: { reference, receivedAt, waits: true } };
    });
  }

  private async lately(
    sender: string,
    now: Date,
  ): Promise<{ fromSender: number; received: number; waiting: number }> {
    const [counts] = await this.db.query<{ fromSender: number; received: number; waiting: number }>(
      `SELECT (SELECT count(*)::int FROM enquiry WHERE received_at > $2 AND via = 'page') AS received,
              (SELECT count(*)::int FROM unconfirmed_enquiry WHERE received_at > $2) AS waiting,
              (SELECT count(*)::int FROM enquiry WHERE sender = $1 AND received_at > $2)
                + (SELECT count(*)::int FROM unconfirmed_enquiry WHERE sender = $1 AND received_at > $2) AS "fromSender"`,
      [sender, new Date(now.getTime() - HOUR_MS)],
    );
    return counts!;
  }

  private again(note: FormNote, token: string, faults: TypedFault[] = []): FormOutcome {
    const status = { faults: 422, again: 422, too_fast: 422, too_many: 429, busy: 503 }[note];
    return { status, note, faults, token };
  }
}
