import { Injectable } from '@nestjs/common';
import { MessagesService } from '../messaging/messages.service.js';
import type { DataRequest } from './data-request.entity.js';

/** What a person is told about a request of the own: each step once. */
@Injectable()
export class DataRequestMails {
  constructor(private readonly messages: MessagesService) {}

  async received(request: DataRequest): Promise<void> {
    await this.send(request, 'received', 'data-request-received');
  }

  async extended(request: DataRequest): Promise<void> {
    await this.send(request, 'extended', 'data-request-extended');
  }

  async refused(request: DataRequest): Promise<void> {
    await this.send(request, 'closed', 'data-request-refused');
  }

  /** With the link to the copy where that is what was asked for. */
  async done(request: DataRequest): Promise<void> {
    const copied = request.kind === 'view' || request.kind === 'copy';
    await this.send(request, 'closed', copied ? 'data-request-copy' : 'data-request-done');
  }

  private async send(request: DataRequest, step: string, templateCode: string): Promise<void> {
    await this.messages.create([
      {
        dedupeKey: `data-request:${request.id}:${step}`,
        templateCode,
        contactId: request.contactId,
        facts: { request: factsOf(request) },
      },
    ]);
  }
}

export function factsOf(request: DataRequest) {
  return {
    id: request.id,
    reference: request.reference,
    kind: request.kind,
    receivedAt: request.receivedAt,
    dueAt: request.dueAt,
    reason: request.status === 'refused' ? request.decisionReason : request.extensionReason,
  };
}
