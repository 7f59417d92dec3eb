import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MessageDraft } from '../../src/modules/messaging/message-draft.rules.js';
import { Message } from '../../src/modules/messaging/message.entity.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { newId } from '../../src/platform/database/ids.js';
import type { TestApp } from '../support/harness.js';
import { givenContact } from './directory.js';

/** A queued mail of the seeded letters, to a person who agreed to promotion. */
export async function givenMessage(t: TestApp, draft: Partial<MessageDraft> = {}): Promise<Message> {
  const contactId =
    draft.contactId ?? (draft.userId ? undefined : (await givenContact(t, { consent: 'given' })).id);
  const templateCode = draft.templateId ? undefined : (draft.templateCode ?? 'round-thank-you');
  const { created, refused } = await t.asSystem(() =>
    t.get(MessagesService).create([{ dedupeKey: `test:${newId()}`, ...draft, templateCode, contactId }]),
  );
  if (!created[0]) throw new Error(`No message was made: ${JSON.stringify(refused)}`);
  return messageOf(t, created[0]);
}

export function messageOf(t: TestApp, id: string): Promise<Message> {
  return t.db.repo(Message).findOneByOrFail({ id });
}

/** What the server does with a mail: an SMTP status at RCPT or after DATA, a broken connection, or 250. */
export type SmtpAnswer = number | { atRecipient: number } | 'drop' | 'drop-before-data';

export interface MailServer {
  url: string;
  /** Accepted mails, and those after whose DATA the connection was cut. */
  received: ParsedMail[];
  answer: SmtpAnswer;
  /** Runs while a mail is being received, before it is answered. */
  whileReceiving?: () => Promise<void>;
  close(): Promise<void>;
}

/** A real mail server on a free port. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mail: MailServer = { url: '', received: [], answer: 250, close: async () => undefined };
  const refuse = (status: number) =>
    Object.assign(new Error('refused by the test'), { responseCode: status });
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, session, done) {
      if (mail.answer === 'drop-before-data') return void cut(server, session.id);
      const status = typeof mail.answer === 'object' ? mail.answer.atRecipient : 250;
      done(status === 250 ? null : refuse(status));
    },
    onData(stream, session, done) {
      void (async () => {
        const parsed = await simpleParser(stream);
        await mail.whileReceiving?.();
        const { answer } = mail;
        if (answer === 250 || answer === 'drop' || typeof answer === 'object') mail.received.push(parsed);
        if (answer === 'drop') cut(server, session.id);
        else done(typeof answer === 'number' && answer !== 250 ? refuse(answer) : null);
      })();
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  mail.url = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  mail.close = () => new Promise((resolve) => server.close(() => resolve()));
  return mail;
}

interface OpenConnection {
  id: string;
  _socket: { destroy(): void };
}

function cut(server: SMTPServer, sessionId: string): void {
  const connections = (server as unknown as { connections: Set<OpenConnection> }).connections;
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
}

export async function until(condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('What was waited for did not happen.');
    await sleep(25);
  }
}
