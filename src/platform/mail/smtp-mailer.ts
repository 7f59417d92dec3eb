import type { Readable } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Clock } from '../clock/clock.js';
import { compose } from './compose.js';
import {
  Mailer,
  MailDeferred,
  MailOutcomeUnknown,
  MailRejected,
  MailTakenBack,
  type OutgoingMail,
} from './mailer.js';
import { Turns } from './turns.js';

interface SmtpFailure {
  code?: string;
  responseCode?: number;
  command?: string;
}

/** The stream is first read when the server has answered DATA: before that, nothing can have been accepted. */
interface WatchedMail {
  envelope: { from: string; to: string[] };
  raw: Buffer;
  watch(stream: Readable): void;
}

const CONNECTIONS = 5;

/** Real mail, over a pool of SMTP connections. */
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport;
  private readonly turns = new Turns(CONNECTIONS);

  constructor(
    url: string,
    private readonly clock: Clock,
  ) {
    super();
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: CONNECTIONS,
      maxMessages: 200,
      // the pool must never send again by itself what may have been accepted
      maxRequeues: 0,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.transport.use('stream', (mail, done) => {
      const { watch } = mail.data as WatchedMail;
      mail.message.processFunc((stream) => {
        watch(stream);
        return stream;
      });
      done();
    });
  }

  /** Mails wait here and not in the pool, so that nothing stands between the last question and the conversation. */
  async send(mail: OutgoingMail, mayStillGo?: () => Promise<boolean>): Promise<void> {
    await this.turns.take();
    try {
      if (mayStillGo && !(await mayStillGo())) throw new MailTakenBack();
      await this.handOver(mail);
    } finally {
      this.turns.give();
    }
  }

  private async handOver(mail: OutgoingMail): Promise<void> {
    const content = await compose(mail, this.clock.now());
    let wire: Readable | undefined;
    const watched: WatchedMail = {
      envelope: { from: mail.from.address, to: [mail.to.address] },
      raw: content,
      watch: (stream) => (wire = stream),
    };
    try {
      await this.transport.sendMail(watched);
    } catch (error) {
      throw meaningOf(error as SmtpFailure, wire?.readableDidRead ?? false);
    }
  }

  async check(): Promise<boolean> {
    return this.transport.verify().then(
      () => true,
      () => false,
    );
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** A refusal of our sign-in or of our sender is our fault, not the recipient's: it can be tried again. */
function meaningOf(failure: SmtpFailure, handedOver: boolean): Error {
  const status = failure.responseCode;
  const code = status ? `smtp_${status}` : `smtp_${(failure.code ?? 'failed').toLowerCase()}`;
  if (status === undefined) return handedOver ? new MailOutcomeUnknown(code) : new MailDeferred(code);
  const aboutRecipient = failure.command?.startsWith('RCPT') ?? false;
  const aboutContent = failure.command === 'DATA' || failure.code === 'EMESSAGE';
  return status >= 500 && status !== 552 && (aboutRecipient || aboutContent)
    ? new MailRejected(code, aboutRecipient)
    : new MailDeferred(code);
}
