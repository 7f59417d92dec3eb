import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import { ConsentService } from '../directory/consent.service.js';
import { Contact } from '../directory/contact.entity.js';
import {
  DataRequest,
  OPEN_STATUSES,
  type Correction,
  type DataRequestChannel,
  type DataRequestKind,
} from './data-request.entity.js';
import { DataRequestMails } from './data-request-mails.js';
import { clocksOf } from './data-request.rules.js';

export interface NewDataRequest {
  contactId: string;
  kind: DataRequestKind;
  /** In the person's own words, at most 2,000 characters. */
  text?: string | null;
  /** Of `correct`, where the person said what it should be. */
  correction?: Correction | null;
  channel: DataRequestChannel;
  /** When it came, if not now: a letter's clocks run from the day it arrived. */
  receivedAt?: Date;
}

export interface RaisedRequest {
  id: string;
  reference: string;
  /** There was an open one of this kind: the text was added to it, its clocks go on. */
  joined: boolean;
}

const TEXT_LENGTH = 8_000;

/** How a request comes in. */
@Injectable()
export class DataRequests {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly consent: ConsentService,
    private readonly mails: DataRequestMails,
  ) {}

  /**
   * Records what a person asks, starts its clocks and tells the person by mail. A withdrawal of consent takes effect at
   * once: no advertising goes out while somebody has yet to read it.
   */
  raise(request: NewDataRequest): Promise<RaisedRequest> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const receivedAt = request.receivedAt ?? now;
      if (receivedAt > now) throw new Invalid('receivedAt', 'received_in_future');
      await this.lockContact(request.contactId);
      const open = await this.findOpen(request);
      if (open) return this.join(open, request);
      const made = await this.insert(request, receivedAt);
      if (request.kind === 'withdraw') await this.withdraw(made);
      await this.mails.received(made);
      return { id: made.id, reference: made.reference, joined: false };
    });
  }

  private async lockContact(id: string): Promise<void> {
    const [contact] = await this.db.query(
      sql`SELECT id FROM contact WHERE id = ${id} AND erased_at IS NULL FOR NO KEY UPDATE`,
    );
    if (!contact) throw new NotFound('contact_not_found');
  }

  private findOpen({ contactId, kind }: NewDataRequest): Promise<DataRequest | null> {
    return this.db
      .repo(DataRequest)
      .createQueryBuilder('r')
      .where('r.contactId = :contactId AND r.kind = :kind AND r.status IN (:...open)', {
        contactId,
        kind,
        open: OPEN_STATUSES,
      })
      .setLock('pessimistic_write')
      .getOne();
  }

  private async join(open: DataRequest, { text, correction }: NewDataRequest): Promise<RaisedRequest> {
    const said = text?.trim();
    if ((said && !open.text?.includes(said)) || correction) {
      open.text = [open.text, said].filter(Boolean).join('\n\n').slice(0, TEXT_LENGTH) || null;
      open.correction = correction ? { ...open.correction, ...correction } : open.correction;
      open.version += 1;
      open.updatedAt = this.clock.now();
      await this.db.repo(DataRequest).save(open);
    }
    return { id: open.id, reference: open.reference, joined: true };
  }

  private async insert(request: NewDataRequest, receivedAt: Date): Promise<DataRequest> {
    const now = this.clock.now();
    const actor = currentActor();
    const row = this.db.repo(DataRequest).create({
      id: newId(),
      reference: await this.nextReference(receivedAt),
      contactId: request.contactId,
      kind: request.kind,
      text: request.text?.trim() || null,
      correction: request.correction ?? null,
      channel: request.channel,
      status: 'received',
      receivedAt,
      ...clocksOf(request.kind, receivedAt, await this.calendar.view()),
      handledBy: actor?.kind === 'user' ? actor.id : null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    await this.db.repo(DataRequest).insert(row);
    return row;
  }

  private async nextReference(at: Date): Promise<string> {
    const [row] = await this.db.query<{ n: string }>(
      sql`SELECT nextval('data_request_reference_seq')::text AS n`,
    );
    return `DL-${this.clock.local(at).year}-${row!.n.padStart(6, '0')}`;
  }

  /** Nothing to withdraw is no fault. */
  private async withdraw({ contactId, reference, channel }: DataRequest): Promise<void> {
    const contact = await this.db.repo(Contact).findOneByOrFail({ id: contactId });
    await this.consent.record({
      contactId,
      purpose: 'promotion_mail',
      action: 'withdrawn',
      channel: channel === 'case_page' ? 'answer_page' : 'officer',
      evidence: reference,
      ...(contact.email && { address: contact.email }),
    });
  }
}
