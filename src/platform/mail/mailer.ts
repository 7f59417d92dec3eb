export interface MailAddress {
  name: string;
  address: string;
}

export interface OutgoingMail {
  from: MailAddress;
  to: MailAddress;
  replyTo?: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets; the same message is always sent under the same one. */
  messageId: string;
  headers?: Record<string, string>;
  /** An invitation that calendars read (RFC 5546). */
  invitation?: MailInvitation;
}

export interface MailInvitation {
  method: 'REQUEST' | 'CANCEL';
  /** The whole calendar object (RFC 5545). */
  content: string;
}

/** Hands one mail to whoever delivers it. Returning means that it was accepted. */
export abstract class Mailer {
  /** @param mayStillGo asked when its turn has come, just before the conversation begins: no throws `MailTakenBack` */
  abstract send(mail: OutgoingMail, mayStillGo?: () => Promise<boolean>): Promise<void>;

  /** Whether mail could be handed over just now. */
  abstract check(): Promise<boolean>;
}

/** Refused for good. `recipient` tells whether the address itself was refused (a bounce) or the content. */
export class MailRejected extends Error {
  constructor(
    readonly code: string,
    readonly recipient: boolean,
  ) {
    super(code);
  }
}

/** Not accepted for now: trying again later is right, and cannot send twice. */
export class MailDeferred extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Nothing was handed over, since it was not to go any more when its turn came. */
export class MailTakenBack extends Error {}

/** The whole message had been handed over when the connection broke: it may or may not have been accepted. */
export class MailOutcomeUnknown extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}
