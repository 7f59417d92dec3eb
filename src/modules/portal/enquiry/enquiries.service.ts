import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { runAs, type Actor } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { ACKNOWLEDGE_WITHIN } from '../../leads/lead.rules.js';
import { MessagesService } from '../../messaging/messages.service.js';
import { EnquiryParties, type EnquiryParty } from './enquiry-parties.js';
import { EnquiryWork } from './enquiry-work.js';
import type { EnquiryBody, EnquiryReceipt } from './enquiry.dto.js';

/** To one person; further enquiries of the day are recorded and answered without a mail. */
const CONFIRMATIONS_A_DAY = 3;

/** Of an enquiry that came by the page. */
export interface FromPage {
  formId: string;
  sender: string;
  /** Told already, where it had to be confirmed. */
  reference?: string;
}

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

  receive(body: EnquiryBody, page?: FromPage): Promise<EnquiryReceipt> {
    const actor: Actor = { kind: 'investor', id: null, name: body.contact.fullName, role: null };
    return runAs(actor, () => this.db.transaction(() => this.record(body, page)));
  }

  async nextReference(): Promise<string> {
    const [row] = await this.db.query<{ n: string }>(`SELECT nextval('enquiry_reference_seq') AS n`);
    return `YC-${this.clock.local(this.clock.now()).year}-${row!.n.padStart(6, '0')}`;
  }

  private async record(body: EnquiryBody, page?: FromPage): Promise<EnquiryReceipt> {
    const now = this.clock.now();
    const reference = page?.reference ?? (await this.nextReference());
    if (body.website) return { reference };
    const party = await this.parties.settle(body);
    const id = await this.insert({ body, reference, party, page, now });
    const dueAt = await this.calendar.addWorkingDays(now, ACKNOWLEDGE_WITHIN);
    const { message, clusterCodes = [] } = body;
    const ofToday = await this.ofToday(party.leadId);
    await this.work.begin({ id, reference, message, clusterCodes, dueAt, ofToday }, party);
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

  private async insert(enquiry: {
    body: EnquiryBody;
    reference: string;
    party: EnquiryParty;
    page?: FromPage;
    now: Date;
  }): Promise<string> {
    const { body, reference, party, page, now } = enquiry;
    const id = newId();
    await this.db.execute(
      `INSERT INTO enquiry (id, reference, lead_id, contact_id, message, language, received_at, kind, cluster_codes, promotion_mail, via, form_id, sender)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        reference,
        party.leadId,
        party.contactId,
        body.message,
        body.contact.language ?? 'vi',
        now,
        body.kind,
        body.clusterCodes ?? [],
        body.consent?.promotionMail ?? false,
        page ? 'page' : 'program',
        page?.formId ?? null,
        page?.sender ?? null,
      ],
    );
    return id;
  }

  private async ofToday(leadId: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM enquiry WHERE lead_id = $1 AND received_at >= $2`,
      [leadId, this.clock.startOf(this.clock.today())],
    );
    return row!.n;
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
}
