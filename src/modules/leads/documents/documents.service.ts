import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { Events } from '../../../platform/events/events.js';
import { Files } from '../../../platform/files/files.js';
import type { UploadedFile } from '../../../platform/files/uploads.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import type { AddDocument, ChangeDocument } from './documents.dto.js';
import { LeadDocument } from './lead-document.entity.js';
import { userIdOf } from '../lead-openings.js';
import { LeadReferences } from '../lead-references.js';
import { DocumentAdded } from '../leads.events.js';
import { LockedLeads, type LockedLead } from '../locked-leads.js';
import { Timeline } from '../timeline/timeline.service.js';

/** What the lead's story says of its papers. */
@Injectable()
export class DocumentStory {
  constructor(
    private readonly timeline: Timeline,
    private readonly events: Events,
  ) {}

  async added(document: LeadDocument): Promise<void> {
    const fromInvestor = document.addedById === null && document.direction === 'from_investor';
    await this.tell(fromInvestor ? 'document_received' : 'document_added', document, fromInvestor);
    await this.events.publish(
      new DocumentAdded(document.id, document.leadId, fromInvestor ? 'investor' : 'officer'),
    );
  }

  async tell(kind: string, { id, leadId, title }: LeadDocument, touch = false): Promise<void> {
    await this.timeline.append([{ leadId, kind, refType: 'document', refId: id, data: { title } }], {
      touch,
    });
  }
}

/** Papers exchanged with an investor. A removed one stays until the person is erased, so that it can be brought back. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly leads: LockedLeads,
    private readonly references: LeadReferences,
    private readonly story: DocumentStory,
  ) {}

  /** Who may not change the lead is refused before the file is read. */
  async assertMayAdd(leadId: string): Promise<void> {
    await this.db.transaction(() => this.leads.getForChange(leadId));
  }

  add(leadId: string, given: AddDocument, upload: UploadedFile | undefined): Promise<string> {
    return this.db.transaction(async () => {
      const lead = await this.leads.getForChange(leadId);
      await this.references.check({ contactId: given.contactId }, firmsOf(lead));
      const contactId = given.contactId ?? lead.primaryContactId;
      const shared = given.sharedWithInvestor ?? false;
      if (shared && contactId === null) throw new Invalid('contactId', 'required');
      if (!upload) throw new Invalid('file', 'file_empty');
      return this.insert(
        {
          leadId,
          contactId,
          direction: given.direction,
          title: given.title,
          note: given.note ?? null,
          sharedWithInvestor: shared,
          addedById: userIdOf(currentActor() ?? SYSTEM),
        },
        upload,
      );
    });
  }

  /** By the investor itself, who always sees what it sent. */
  addByInvestor(
    { leadId, contactId, title }: { leadId: string; contactId: string; title: string },
    upload: UploadedFile,
  ): Promise<string> {
    return this.db.transaction(() =>
      this.insert(
        {
          leadId,
          contactId,
          title,
          direction: 'from_investor',
          note: null,
          sharedWithInvestor: true,
          addedById: null,
        },
        upload,
      ),
    );
  }

  change(leadId: string, id: string, version: number, changes: ChangeDocument): Promise<void> {
    return this.db.transaction(async () => {
      const lead = await this.leads.getForChange(leadId);
      const document = await this.lock(leadId, id);
      assertVersion(document.version, version);
      await this.references.check({ contactId: changes.contactId }, firmsOf(lead));
      const before = document.sharedWithInvestor;
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      Object.assign(document, Object.fromEntries(given));
      if (document.sharedWithInvestor && document.contactId === null)
        document.contactId = lead.primaryContactId;
      if (document.sharedWithInvestor && document.contactId === null)
        throw new Invalid('contactId', 'required');
      document.version++;
      await this.db.repo(LeadDocument).save(document);
      if (before !== document.sharedWithInvestor)
        await this.story.tell(before ? 'document_unshared' : 'document_shared', document);
    });
  }

  /** Twice is harmless. */
  remove(leadId: string, id: string): Promise<void> {
    return this.setRemoved(leadId, id, true);
  }

  restore(leadId: string, id: string): Promise<void> {
    return this.setRemoved(leadId, id, false);
  }

  private setRemoved(leadId: string, id: string, removed: boolean): Promise<void> {
    return this.db.transaction(async () => {
      await this.leads.getForChange(leadId);
      const document = await this.lock(leadId, id);
      if ((document.removedAt !== null) === removed) return;
      document.removedAt = removed ? this.clock.now() : null;
      document.version++;
      await this.db.repo(LeadDocument).save(document);
      await this.story.tell(removed ? 'document_removed' : 'document_restored', document);
    });
  }

  private async insert(
    given: Omit<
      LeadDocument,
      'id' | 'fileId' | 'addedAt' | 'removedAt' | 'version' | 'lead' | 'file' | 'contact' | 'addedBy'
    >,
    upload: UploadedFile,
  ): Promise<string> {
    const { id: fileId } = await this.files.keep(upload);
    const document = Object.assign(new LeadDocument(), {
      ...given,
      id: newId(),
      fileId,
      addedAt: this.clock.now(),
      removedAt: null,
      version: 1,
    });
    await this.db.repo(LeadDocument).insert(document);
    await this.story.added(document);
    return document.id;
  }

  private async lock(leadId: string, id: string): Promise<LeadDocument> {
    const document = await this.db
      .repo(LeadDocument)
      .findOne({ where: { id, leadId }, lock: { mode: 'pessimistic_write' } });
    if (!document) throw new NotFound('document_not_found');
    return document;
  }
}

function firmsOf({ firmId, partnerFirmIds }: LockedLead): string[] {
  return [firmId, ...partnerFirmIds];
}
