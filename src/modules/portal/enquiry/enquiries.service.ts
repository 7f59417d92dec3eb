import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { runAs, type Actor } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { MessagesService } from '../../messaging/messages.service.js';
import { EnquiryParties } from './enquiry-parties.js';
import { EnquiryWork } from './enquiry-work.js';
import type { EnquiryBody, EnquiryReceipt } from './enquiry.dto.js';

/** Working days within which somebody reacts to an enquiry (service standard, default). */
const ACKNOWLEDGE_WITHIN = 1;

/** To one person; further enquiries of the day are recorded and answered without a mail. */
const CONFIRMATIONS_A_DAY = 3;

/** A question from outside becomes firm, contact, consent and lead, or joins what exists without saying so. */
@Injectable()
export class EnquiriesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly parties: EnquiryParties,
    private readonly messages: MessagesService,
    private readonly work: EnquiryWork,
  ) {}

  receive(body: EnquiryBody): Promise<EnquiryReceipt> {
    const actor: Actor = { kind: 'investor', id: null, name: body.contact.fullName, role: null };
    return runAs(actor, () => this.db.transaction(() => this.record(body)));
  }

  private async record(body: EnquiryBody): Promise<EnquiryReceipt> {
    const now = this.clock.now();
    const reference = await this.nextReference(now);
    if (body.website) return { reference };
    const party = await this.parties.settle(body);
    const id = newId();
    const language = body.contact.language ?? 'vi';
    await this.db.query(
      `INSERT INTO enquiry (id, reference, lead_id, contact_id, message, language, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, reference, party.leadId, party.contactId, body.message, language, now],
    );
    const dueAt = await this.calendar.addWorkingDays(now, ACKNOWLEDGE_WITHIN);
    await this.work.begin(
      { id, reference, message: body.message, clusterCodes: body.clusterCodes ?? [], dueAt },
      party,
    );
    if (await this.confirmedOften(party.contactId)) return { reference };
    await this.messages.create([
      {
        dedupeKey: `enquiry:${id}`,
        templateCode: 'enquiry-acknowledgement',
        contactId: party.contactId,
        leadId: party.leadId,
        facts: { reference },
      },
    ]);
    return { reference };
  }

  /** The form is open to anybody: it must not fill a stranger's mailbox, whatever firm it names. */
  private async confirmedOften(contactId: string): Promise<boolean> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM contact c JOIN contact same ON same.email = c.email JOIN enquiry e ON e.contact_id = same.id
        WHERE c.id = $1 AND e.received_at >= $2`,
      [contactId, this.clock.startOf(this.clock.today())],
    );
    return row!.n > CONFIRMATIONS_A_DAY;
  }

  private async nextReference(now: Date): Promise<string> {
    const [row] = await this.db.query<{ n: string }>(`SELECT nextval('enquiry_reference_seq') AS n`);
    return `YC-${this.clock.local(now).year}-${row!.n.padStart(6, '0')}`;
  }
}
