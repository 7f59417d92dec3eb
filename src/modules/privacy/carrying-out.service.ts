import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Invalid, NotFound, ProblemError } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { ConsentService } from '../directory/consent.service.js';
import { Contact } from '../directory/contact.entity.js';
import { ContactsService } from '../directory/contacts.service.js';
import { PassingMails } from '../messaging/passing-mails.service.js';
import { DataRequestMails, factsOf } from './data-request-mails.js';
import { DataRequestSteps } from './data-request-steps.service.js';
import { DataRequest, type Correction } from './data-request.entity.js';
import { assertOpen } from './data-request.rules.js';
import { Erasure } from './erasure.service.js';

export interface Decision {
  /** Of `erase`: the person's name, typed by whoever decides. */
  name?: string;
  /** Of `erase`: nobody is told by mail, such as when the address no longer answers. */
  withoutLetter?: boolean;
  /** Of `correct`: in the place of what the request says. */
  correction?: Correction;
}

/** What each kind of request changes. */
@Injectable()
export class CarryingOutWork {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly consent: ConsentService,
    private readonly erasure: Erasure,
  ) {}

  async apply(request: DataRequest, decision: Decision): Promise<void> {
    if (request.kind === 'correct') await this.correct(request, decision.correction ?? request.correction);
    if (request.kind === 'withdraw') await this.withdraw(request);
    if (request.kind === 'restrict') await this.restrict(request);
  }

  erase({ contactId }: DataRequest): Promise<void> {
    return this.erasure.erase(contactId);
  }

  private async correct({ contactId }: DataRequest, correction: Correction | null): Promise<void> {
    if (!correction || Object.keys(correction).length === 0)
      throw new RuleError('data_request_nothing_to_correct');
    const contact = await this.db.repo(Contact).findOneByOrFail({ id: contactId });
    await this.contacts.change(contactId, contact.version, correction);
  }

  /** It took effect when it came; said again where a consent has come in between. */
  private async withdraw({ contactId, reference }: DataRequest): Promise<void> {
    const [still] = await this.db.query(
      sql`SELECT 1 FROM contact c WHERE c.id = ${contactId} AND consent_state(c.id, c.email) = 'given'`,
    );
    if (!still) return;
    await this.consent.record({
      contactId,
      purpose: 'promotion_mail',
      action: 'withdrawn',
      channel: 'officer',
      evidence: reference,
    });
  }

  private async restrict({ contactId }: DataRequest): Promise<void> {
    await this.db.execute(sql`
      UPDATE contact SET restricted_at = coalesce(restricted_at, ${this.clock.now()}), version = version + 1, updated_at = ${this.clock.now()}
       WHERE id = ${contactId}`);
  }
}

/** Does what a person asked for, and says so to the person. */
@Injectable()
export class CarryingOut {
  constructor(
    private readonly db: Database,
    private readonly steps: DataRequestSteps,
    private readonly work: CarryingOutWork,
    private readonly mails: DataRequestMails,
    private readonly passing: PassingMails,
  ) {}

  async carryOut(id: string, version: number, decision: Decision): Promise<void> {
    const request = await this.db.repo(DataRequest).findOneBy({ id });
    if (!request) throw new NotFound('data_request_not_found');
    if (request.kind === 'erase') return this.erase(id, version, decision);
    return this.steps.step(id, version, async (locked) => {
      assertOpen(locked);
      await this.work.apply(locked, decision);
      this.steps.close(locked, 'done');
      await this.mails.done(locked);
    });
  }

  /**
   * The last letter goes first, since afterwards nobody knows where to. It names nothing that is not erased; should the
   * erasure fail after it, it is sent once more under the same Message-ID. Of two who press at once the second waits,
   * holding no row, and is told that it is done.
   */
  private erase(id: string, version: number, decision: Decision): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`erase:${id}`}, 0))`);
      const request = await this.db.repo(DataRequest).findOneByOrFail({ id });
      await this.assertMayErase(request, version, decision);
      if (!decision.withoutLetter) await this.tellLast(request);
      await this.steps.step(id, version, async (locked) => {
        assertOpen(locked);
        await this.work.erase(locked);
        this.steps.close(locked, 'done');
        Object.assign(locked, { text: null, correction: null });
      });
    });
  }

  private async assertMayErase(request: DataRequest, version: number, { name }: Decision): Promise<void> {
    assertVersion(request.version, version);
    assertOpen(request);
    const contact = await this.db.repo(Contact).findOneByOrFail({ id: request.contactId });
    const plain = (text: string) => text.normalize('NFC').trim().toLowerCase();
    if (plain(name ?? '') !== plain(contact.fullName)) throw new Invalid('name', 'data_request_name_differs');
  }

  private async tellLast(request: DataRequest): Promise<void> {
    const draft = {
      dedupeKey: `data-request:${request.id}:closed`,
      templateCode: 'data-request-erased',
      contactId: request.contactId,
      facts: { request: factsOf(request) },
    };
    try {
      await this.passing.send(draft, request.id);
    } catch {
      throw new ProblemError(503, 'mail_not_accepted');
    }
  }
}
