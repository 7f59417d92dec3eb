import { readFile } from 'node:fs/promises';
import { inboundSignature } from '../../src/modules/inbox/inbound-signature.rules.js';
import type { Message } from '../../src/modules/messaging/message.entity.js';
import { replyAddress } from '../../src/modules/messaging/reply-address.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import type { HttpAnswer } from '../support/http-client.js';
import type { TestApp } from '../support/harness.js';

export const INBOX_SECRET = 'inbound-mail-secret-of-the-tests-0123';
export const INBOX_ADDRESS = 'inbox@agency.test';

export interface FixtureFacts {
  /** The letter that is answered or reported on. */
  message?: Pick<Message, 'id' | 'messageIdHeader' | 'toAddress'>;
  /** The writer's address; that of the letter when left out. */
  from?: string;
  /** To whom; the reply address of the letter when left out. */
  to?: string;
  /** Its own; otherwise a new one each time. */
  messageId?: string;
}

/** A real mail of `test/inbox/fixtures` about a letter of the test. Its bytes stay as they are but for the addresses. */
export async function fixtureMail(t: TestApp, name: string, facts: FixtureFacts = {}): Promise<Buffer> {
  const raw = await readFile(new URL(`../inbox/fixtures/${name}.eml`, import.meta.url), 'latin1');
  const { message } = facts;
  const to =
    facts.to ?? (message ? replyAddress(INBOX_ADDRESS, message.id, t.config.secretKey) : INBOX_ADDRESS);
  return Buffer.from(
    raw
      .replaceAll('REPLY-ADDRESS', to)
      .replaceAll('INVESTOR@firm.test', facts.from ?? message?.toAddress ?? 'nobody@firm.test')
      .replaceAll('<ORIGINAL-ID@agency.test>', message?.messageIdHeader ?? `<${newId()}@elsewhere.test>`)
      .replace(/^Message-ID: <[^>]+>/m, `Message-ID: ${facts.messageId ?? `<${newId()}@firm.test>`}`),
    'latin1',
  );
}

/** As a mail server hands it over. */
export function handOver(
  t: TestApp,
  mail: Buffer,
  headers: Record<string, string> = {},
): Promise<HttpAnswer<{ result: string; code?: string }>> {
  const timestamp = `${Math.floor(t.clock.now().getTime() / 1000)}`;
  return t.http.anonymous.send('POST', '/api/public/v1/inbound-mail', mail, {
    'content-type': 'message/rfc822',
    'x-inbound-timestamp': timestamp,
    'x-inbound-signature': inboundSignature(timestamp, mail, INBOX_SECRET),
    ...headers,
  });
}
