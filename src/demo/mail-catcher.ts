import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';

/** A mail as the SMTP server received it. */
export interface CaughtMail {
  messageId: string;
  to: string;
  toName: string;
  subject: string;
  /** The `Date` header. */
  at: Date;
  from: string;
  /** Where an answer goes; empty where the mail names no such address. */
  replyTo: string;
  text: string;
  html: string;
  /** The address that takes the one-click opt-out (RFC 8058); null in mail that is no advertising. */
  oneClick: string | null;
  /** Whether a calendar would offer to put it down. */
  invitation: boolean;
}

type Done = (error?: Error | null) => void;

/** A real SMTP server on this machine that keeps every mail and delivers none. */
export class MailCatcher {
  readonly mails: CaughtMail[] = [];
  /** Addresses that were written to in vain, in order. */
  readonly refused: string[] = [];
  private readonly server: SMTPServer;

  /** @param deadAddresses refused for good, as a mail server does with a person who has left */
  constructor(private readonly deadAddresses: ReadonlySet<string>) {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: (address: SMTPServerAddress, _session: SMTPServerSession, done: Done) =>
        done(this.refusal(address.address)),
      onData: (stream: SMTPServerDataStream, session: SMTPServerSession, done: Done) => {
        void this.take(stream, session, done);
      },
    });
    this.server.on('error', () => undefined);
  }

  /** Answers its address for `SMTP_URL`. */
  async start(): Promise<string> {
    const listening = this.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private refusal(address: string): Error | undefined {
    if (!this.deadAddresses.has(address)) return undefined;
    this.refused.push(address);
    return Object.assign(new Error('5.1.1 No such user here'), { responseCode: 550 });
  }

  /** Says that it was accepted only once it is kept. */
  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      const parsed = await simpleParser(stream);
      for (const { address } of session.envelope.rcptTo) this.mails.push(caught(parsed, address));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

function caught(mail: ParsedMail, to: string): CaughtMail {
  const addressed = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return {
    messageId: mail.messageId ?? '',
    to,
    toName: addressed?.value[0]?.name ?? '',
    subject: mail.subject ?? '',
    at: mail.date ?? new Date(Number.NaN),
    from: mail.from?.text ?? '',
    replyTo: mail.replyTo?.value[0]?.address ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    oneClick: oneClickOf(mail),
    invitation: mail.attachments.some(({ contentType }) => contentType === 'text/calendar'),
  };
}

function oneClickOf(mail: ParsedMail): string | null {
  const lines = new Map(mail.headerLines.map(({ key, line }) => [key, line.replace(/\r?\n\s+/g, ' ')]));
  if (!lines.get('list-unsubscribe-post')?.includes('One-Click')) return null;
  return /<(https?:[^>]+)>/.exec(lines.get('list-unsubscribe') ?? '')?.[1] ?? null;
}

/** The page on which the investor answers, as the mail's text names it. */
export function answerLink(mail: CaughtMail): string {
  return linkOf(mail, 'r');
}

/** The page that opens the investor's own case. */
export function caseLink(mail: CaughtMail): string {
  return linkOf(mail, 'case/open');
}

function linkOf(mail: CaughtMail, place: string): string {
  const link = new RegExp(`https?://\\S+?/${place}/[A-Za-z0-9_-]{43}`).exec(mail.text)?.[0];
  if (!link) throw new Error(`The mail "${mail.subject}" has no link to /${place}/.`);
  return link;
}
