import { Injectable } from '@nestjs/common';
import { UsersQueries } from '../../identity/users.queries.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import type { Answer } from '../../messaging/message.entity.js';
import { MessagesService } from '../../messaging/messages.service.js';

interface AnsweredNotice {
  message: AnswerableMessage;
  ownerId: string | null;
  answer: { answer: Answer; note?: string | null; untilDay?: string | null };
  at: Date;
}

/** Mails to the agency's own people about what investors did. */
@Injectable()
export class PortalNotices {
  constructor(
    private readonly messages: MessagesService,
    private readonly users: UsersQueries,
  ) {}

  /** To the lead's owner; to the managers when it has none. */
  async answered({ message, ownerId, answer, at }: AnsweredNotice): Promise<void> {
    await this.messages.create(
      (await this.recipients(ownerId)).map((userId) => ({
        dedupeKey: `answered:${message.messageId}:${at.toISOString()}:${userId}`,
        templateCode: 'officer-investor-answered',
        userId,
        contactId: message.contactId,
        leadId: message.leadId ?? undefined,
        roundId: message.roundId ?? undefined,
        facts: { answer },
      })),
    );
  }

  /** A new enquiry with its task. */
  async enquired(enquiry: {
    id: string;
    leadId: string;
    contactId: string;
    ownerId: string | null;
    task: { titleVi: string; titleEn: string; dueAt: Date };
  }): Promise<void> {
    await this.messages.create(
      (await this.recipients(enquiry.ownerId)).map((userId) => ({
        dedupeKey: `enquiry-task:${enquiry.id}:${userId}`,
        templateCode: 'officer-task',
        userId,
        contactId: enquiry.contactId,
        leadId: enquiry.leadId,
        facts: { task: enquiry.task },
      })),
    );
  }

  private async recipients(ownerId: string | null): Promise<string[]> {
    if (ownerId) return [ownerId];
    return (await this.users.activeManagers()).map(({ id }) => id);
  }
}
