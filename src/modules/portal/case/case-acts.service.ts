import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { runAs } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { UploadedFile } from '../../../platform/files/uploads.js';
import { Invalid, NotFound, ProblemError } from '../../../platform/http/problem.js';
import { Contact } from '../../directory/contact.entity.js';
import { ContactsService } from '../../directory/contacts.service.js';
import { DocumentsService } from '../../leads/documents/documents.service.js';
import { ObstaclesService } from '../../leads/obstacles/obstacles.service.js';
import { DataRequests } from '../../privacy/data-requests.service.js';
import type { CaseViewer } from './case-access.service.js';
import { CaseNotices } from './case-notices.js';
import { CaseQueries } from './case.queries.js';
import type { CaseDocumentForm, CaseObstacleForm, CasePersonForm, CaseRequestForm } from './case.dto.js';

/** What one person may add to one case in a day. */
export const DOCUMENTS_A_DAY = 20;
export const OBSTACLES_A_DAY = 10;

/** How it is done: in one transaction, in the person's name. */
@Injectable()
export class CaseDoing {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
  ) {}

  as<T>({ contactId, fullName }: CaseViewer, work: () => Promise<T>): Promise<T> {
    return runAs({ kind: 'investor', id: contactId, name: fullName, role: null }, () =>
      this.db.transaction(work),
    );
  }

  /** What comes at once is counted one after the other; whoever is forgotten meanwhile has no case. */
  async oneAtATime({ caseId, contactId }: CaseViewer): Promise<void> {
    if (!(await this.contacts.hold(contactId))) throw new NotFound('case_not_found');
    await this.db.query(`SELECT 1 FROM investor_case WHERE id = $1 FOR UPDATE`, [caseId]);
  }

  get midnight(): Date {
    return this.clock.startOf(this.clock.today());
  }

  async changeEmail({ contactId }: CaseViewer, email: string): Promise<void> {
    const { version } = await this.db.repo(Contact).findOneByOrFail({ id: contactId });
    await this.contacts.change(contactId, version, { email });
  }

  async correct(
    { contactId }: CaseViewer,
    version: number,
    { fullName, title, phone, language }: CasePersonForm,
  ): Promise<void> {
    await this.contacts.change(contactId, version, {
      fullName,
      title: title ?? null,
      phone: phone ?? null,
      language,
    });
  }
}

/** What an investor does in its own case. Everything is recorded as done by that person. */
@Injectable()
export class CaseActs {
  constructor(
    private readonly doing: CaseDoing,
    private readonly queries: CaseQueries,
    private readonly documents: DocumentsService,
    private readonly obstacles: ObstaclesService,
    private readonly notices: CaseNotices,
    private readonly requests: DataRequests,
  ) {}

  addDocument(
    viewer: CaseViewer,
    { title }: CaseDocumentForm,
    file: UploadedFile | undefined,
  ): Promise<void> {
    return this.doing.as(viewer, async () => {
      if (!file) throw new Invalid('file', 'file_empty');
      await this.assertFewer(viewer, 'lead_document', DOCUMENTS_A_DAY);
      const { leadId, contactId } = viewer;
      await this.documents.addByInvestor({ leadId, contactId, title }, file);
      await this.notices.documentAdded(viewer);
    });
  }

  raiseObstacle(viewer: CaseViewer, given: CaseObstacleForm): Promise<void> {
    return this.doing.as(viewer, async () => {
      await this.assertFewer(viewer, 'obstacle', OBSTACLES_A_DAY);
      const { leadId, contactId } = viewer;
      const { category, title, description = null } = given;
      const { id } = await this.obstacles.raiseByInvestor({
        leadId,
        contactId,
        category,
        title,
        description,
      });
      await this.notices.obstacleRaised(viewer, { id, title });
    });
  }

  /** Applied at once. */
  correct(viewer: CaseViewer, given: CasePersonForm): Promise<void> {
    return this.doing.as(viewer, async () => {
      const { version } = await this.queries.person(viewer);
      await this.doing.correct(viewer, version, given);
    });
  }

  ask(viewer: CaseViewer, { kind, text }: CaseRequestForm): Promise<void> {
    return this.doing.as(viewer, async () => {
      await this.doing.oneAtATime(viewer);
      await this.requests.raise({ contactId: viewer.contactId, kind, text, channel: 'case_page' });
    });
  }

  private async assertFewer(
    viewer: CaseViewer,
    table: 'lead_document' | 'obstacle',
    limit: number,
  ): Promise<void> {
    await this.doing.oneAtATime(viewer);
    if ((await this.queries.addedSince(viewer, table, this.doing.midnight)) >= limit)
      throw new ProblemError(429, 'case_too_many_today', { limit });
  }
}
