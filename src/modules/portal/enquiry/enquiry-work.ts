import { Injectable } from '@nestjs/common';
import { translate } from '../../../platform/i18n/i18n.js';
import { ManualTasks } from '../../follow-up/manual-tasks.service.js';
import { EnquiryParties, type EnquiryParty, type ToldEnquiry } from './enquiry-parties.js';
import { PortalNotices } from '../answers/portal-notices.js';

interface ReceivedEnquiry extends ToldEnquiry {
  /** By when somebody reacts. */
  dueAt: Date;
}

/** What an enquiry sets in motion inside the agency: a line in the lead's story, a task with its clock, a notice. */
@Injectable()
export class EnquiryWork {
  constructor(
    private readonly tasks: ManualTasks,
    private readonly notices: PortalNotices,
    private readonly parties: EnquiryParties,
  ) {}

  async begin(
    { dueAt, ...enquiry }: ReceivedEnquiry,
    { leadId, contactId, ownerId }: EnquiryParty,
  ): Promise<void> {
    await this.parties.tell(leadId, enquiry);
    const { id, reference } = enquiry;
    const title = (language: 'vi' | 'en'): string =>
      translate(language, 'portal:task_answer_enquiry', { reference });
    await this.tasks.create({ leadId, title: title('vi'), dueAt, ...(ownerId && { ownerId }) });
    await this.notices.enquired({
      id,
      leadId,
      contactId,
      ownerId,
      task: { titleVi: title('vi'), titleEn: title('en'), dueAt },
    });
  }
}
