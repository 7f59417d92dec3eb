import { Injectable } from '@nestjs/common';
import { UsersQueries } from '../identity/users.queries.js';
import { MessagesService } from '../messaging/messages.service.js';
import type { InboundMail } from './inbound-mail.entity.js';

/** Mails to the agency's own people about mails that came in. */
@Injectable()
export class InboxNotices {
  constructor(
    private readonly messages: MessagesService,
    private readonly users: UsersQueries,
  ) {}

  /** To the lead's owner; to the managers when it has none. */
  async received(
    mail: InboundMail,
    task: { titleVi: string; titleEn: string; dueAt: Date; ownerId: string | null },
  ): Promise<void> {
    const userIds = task.ownerId ? [task.ownerId] : (await this.users.activeManagers()).map(({ id }) => id);
    await this.messages.create(
      userIds.map((userId) => ({
        dedupeKey: `mail-received:${mail.id}:${mail.leadId}:${userId}`,
        templateCode: 'officer-mail-received',
        userId,
        ...(mail.contactId && { contactId: mail.contactId }),
        ...(mail.leadId && { leadId: mail.leadId }),
        facts: {
          task,
          mail: {
            from: mail.fromName || mail.fromAddress,
            subject: mail.subject,
            text: mail.words || mail.text,
          },
        },
      })),
    );
  }
}
