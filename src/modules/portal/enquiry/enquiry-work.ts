import { Injectable } from '@nestjs/common';
import { translate } from '../../../platform/i18n/i18n.js';
import { ManualTasks } from '../../follow-up/manual-tasks.service.js';
import { Timeline } from '../../leads/timeline/timeline.service.js';
import { PortalNotices } from '../answers/portal-notices.js';
import type { EnquiryParty } from './enquiry-parties.js';

interface ReceivedEnquiry {
  id: string;
  reference: string;
  message: string;
  clusterCodes: readonly string[];
  /** By when somebody reacts. */
  dueAt: Date;
  /** Of how many of today, on that lead, this is the last. */
  ofToday: number;
}

/** About one lead in a day; further ones are in its story. */
const NOTICES_A_DAY = 3;

/** What an enquiry sets in motion inside the agency: a line in the lead's story, a task with its clock, a notice. */
@Injectable()
export class EnquiryWork {
  constructor(
    private readonly tasks: ManualTasks,
    private readonly notices: PortalNotices,
    private readonly timeline: Timeline,
  ) {}

  async begin(enquiry: ReceivedEnquiry, party: EnquiryParty): Promise<void> {
    const { id, reference, message, clusterCodes, dueAt } = enquiry;
    const { leadId, contactId, ownerId } = party;
    await this.timeline.append(
      [
        {
          leadId,
          kind: 'enquiry_received',
          refType: 'enquiry',
          refId: id,
          data: { reference, message, clusterCodes },
        },
      ],
      { touch: true },
    );
    if (enquiry.ofToday > NOTICES_A_DAY) return;
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
