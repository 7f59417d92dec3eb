export interface SentMessage {
  messageId: string;
  contactId: string | null;
  userId: string | null;
  leadId: string | null;
  reminderId: string | null;
  roundId: string | null;
  sentAt: Date;
}

/** The mail server took them. In batches, as they are recorded: answer with one statement, not one for each. */
export class MessageSent {
  constructor(readonly messages: readonly SentMessage[]) {}
}

/** The address was refused for good; the contact is marked already. */
export class MessageBounced {
  constructor(
    readonly messageId: string,
    readonly contactId: string | null,
    readonly leadId: string | null,
    readonly reminderId: string | null,
  ) {}
}

/** It will not go out, or gave up: `cancelled` by a rule at the time of sending, or `failed` after three days. */
export class MessageNotSent {
  constructor(
    readonly messageId: string,
    readonly status: 'cancelled' | 'failed',
    /** @example "no_consent" */
    readonly reason: string,
    readonly leadId: string | null,
    readonly reminderId: string | null,
  ) {}
}
