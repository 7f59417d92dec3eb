import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  /** With its angle brackets. */
  messageId: string;
  to: string;
  subject: string;
  /** The address of List-Unsubscribe, where there is one. */
  optOutLink: string | null;
  /** Which of the server's addresses it came by. */
  door: number;
  /** When DATA was answered, by the machine's monotonic clock. */
  begunAt: number;
}

/** What becomes of a mail that was read whole: taken with 250, refused with a status, or the connection is cut unanswered. */
export type Verdict = 'accept' | { refuse: number } | 'cut';

type Judge = (mail: ReceivedMail) => Verdict | Promise<Verdict>;

const accept: Judge = () => 'accept';

/** A real mail server on free ports of 127.0.0.1 that remembers what it took and can be made to fail. */
export class ControlledSmtpServer {
  /** In the order in which they were taken; a mail stands here before its 250 is on the way. */
  readonly accepted: ReceivedMail[] = [];
  /** Read whole and not yet answered. */
  readonly held = new Set<ReceivedMail>();
  /** Decides on each mail; the mail is held for as long as it takes. */
  judge: Judge = accept;
  private doors: Door[] = [];

  /** @param doors addresses by which mails can be told apart, such as one for each worker */
  static async start(doors = 1): Promise<ControlledSmtpServer> {
    const server = new ControlledSmtpServer();
    server.doors = await Promise.all(Array.from({ length: doors }, (_, index) => server.open(index, 0)));
    return server;
  }

  url(door = 0): string {
    return `smtp://127.0.0.1:${this.doors[door]!.port}`;
  }

  /** Holds every mail from now on until the returned function is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    this.judge = () => released.then((): Verdict => 'accept');
    return () => {
      this.judge = accept;
      release();
    };
  }

  acceptAll(): void {
    this.judge = accept;
  }

  /** Nobody listens any more, and every connection breaks. */
  async goDown(): Promise<void> {
    await Promise.all(this.doors.map((door) => door.close()));
  }

  /** Listens again, at the same addresses. */
  async comeBack(): Promise<void> {
    this.doors = await Promise.all(this.doors.map(({ port }, index) => this.open(index, port)));
  }

  close(): Promise<void> {
    return this.goDown();
  }

  countsById(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { messageId } of this.accepted) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
    return counts;
  }

  private async open(index: number, port: number): Promise<Door> {
    const sockets = new Set<Socket>();
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        const begunAt = performance.now();
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const answer = async (): Promise<void> => {
          const verdict = await this.judged({ ...headersOf(await text(stream)), to, door: index, begunAt });
          if (verdict === 'accept') done();
          else if (verdict !== 'cut') done(refusal(verdict.refuse));
          else for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
        };
        // a connection that breaks while the mail is read has no one left to answer
        answer().catch(() => undefined);
      },
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return {
      port: (server.server.address() as AddressInfo).port,
      close: async () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        for (const socket of sockets) socket.destroy();
        await closed;
      },
    };
  }

  private async judged(mail: ReceivedMail): Promise<Verdict> {
    this.held.add(mail);
    try {
      const verdict = await this.judge(mail);
      if (verdict === 'accept') this.accepted.push(mail);
      return verdict;
    } finally {
      this.held.delete(mail);
    }
  }
}

interface Door {
  port: number;
  close(): Promise<void>;
}

function headersOf(source: string): Pick<ReceivedMail, 'messageId' | 'subject' | 'optOutLink'> {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const value = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();
  return {
    messageId: value('Message-ID') ?? '',
    subject: value('Subject') ?? '',
    optOutLink: /<([^>]+)>/.exec(value('List-Unsubscribe') ?? '')?.[1] ?? null,
  };
}

function refusal(status: number): Error {
  return Object.assign(new Error('refused by the test'), { responseCode: status });
}
