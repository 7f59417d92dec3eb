import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound, ProblemError } from '../../../platform/http/problem.js';
import { JobQueue } from '../../../platform/queue/job-queue.js';
import { EnquiriesService } from './enquiries.service.js';
import type { EnquiryBody } from './enquiry.dto.js';
import { tendUnconfirmed } from './enquiry.jobs.js';
import { readConfirmationToken, type Receipt } from './form-token.rules.js';
import { UnconfirmedEnquiry } from './unconfirmed-enquiry.entity.js';

/** Within which an enquiry is confirmed; then it is forgotten. */
export const CONFIRM_WITHIN_MS = 48 * 3_600_000;

/** To one mailbox in a day: the form is open to anybody. */
const MAILS_A_DAY = 3;

/** Enquiries that wait for their sender's word. */
@Injectable()
export class UnconfirmedEnquiries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly enquiries: EnquiriesService,
  ) {}

  /** Answers its reference. Firm, contact and lead are not looked at: only a confirmed enquiry touches them. */
  keep(body: EnquiryBody, { formId, sender }: { formId: string; sender: string }): Promise<string> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const reference = await this.enquiries.nextReference();
      const email = body.contact.email.toLowerCase();
      const mail = (await this.mailedToday(email)) < MAILS_A_DAY ? 'waiting' : 'withheld';
      await this.db.repo(UnconfirmedEnquiry).insert({
        id: formId,
        reference,
        email,
        body,
        language: body.contact.language ?? 'vi',
        sender,
        receivedAt: now,
        mail,
        mailAt: null,
      });
      this.db.afterCommit(() => this.queue.add(tendUnconfirmed, {}));
      return reference;
    });
  }

  /** What the link would confirm; null: confirmed already. 404 `link_not_found`, 410 `enquiry_expired`. */
  async read(token: string): Promise<UnconfirmedEnquiry | null> {
    const id = readConfirmationToken(token, this.config.secretKey);
    if (!id) throw new NotFound('link_not_found');
    const waiting = await this.db.repo(UnconfirmedEnquiry).findOneBy({ id });
    if (waiting && this.clock.now().getTime() - waiting.receivedAt.getTime() < CONFIRM_WITHIN_MS)
      return waiting;
    if (!waiting && (await this.receiptOf(id))) return null;
    throw new ProblemError(410, 'enquiry_expired');
  }

  /** Once: again it answers the same. */
  async confirm(token: string): Promise<Receipt> {
    const id = readConfirmationToken(token, this.config.secretKey);
    if (!id) throw new NotFound('link_not_found');
    return this.db.transaction(async () => {
      const [row] = await this.db.query<{ id: string }>(
        `SELECT id FROM unconfirmed_enquiry WHERE id = $1 FOR UPDATE`,
        [id],
      );
      const waiting = row && (await this.read(token));
      if (waiting) {
        const { reference, sender, body } = waiting;
        await this.enquiries.receive(body, { formId: id, sender, reference });
        await this.db.execute(`DELETE FROM unconfirmed_enquiry WHERE id = $1`, [id]);
      }
      const receipt = await this.receiptOf(id);
      if (!receipt) throw new ProblemError(410, 'enquiry_expired');
      return receipt;
    });
  }

  private async receiptOf(formId: string): Promise<Receipt | null> {
    const [row] = await this.db.query<Receipt>(
      `SELECT reference, received_at AS "receivedAt", false AS waits FROM enquiry WHERE form_id = $1`,
      [formId],
    );
    return row ?? null;
  }

  private async mailedToday(email: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM unconfirmed_enquiry WHERE email = $1 AND received_at >= $2 AND mail <> 'withheld'`,
      [email, this.clock.startOf(this.clock.today())],
    );
    return row!.n;
  }
}
