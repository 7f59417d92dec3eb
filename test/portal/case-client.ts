import type { Lead } from '../../src/modules/leads/lead.entity.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import type { Contact } from '../../src/modules/directory/contact.entity.js';
import { newId } from '../../src/platform/database/ids.js';
import type { HttpAnswer } from '../support/http-client.js';
import type { TestApp } from '../support/harness.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';

export const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

let browsers = 0;

export interface Party {
  contact: Contact;
  lead: Lead;
}

/** A person with a lead of an officer's. */
export async function givenParty(t: TestApp): Promise<Party> {
  const officer = await t.http.as('officer');
  const contact = await givenContact(t, { consent: 'given' });
  const lead = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: officer.userId,
  });
  return { contact, lead };
}

/** A mail about the lead that went out now; answers the token of its case link. */
export async function sentCaseLink(t: TestApp, { contact, lead }: Party): Promise<string> {
  const { created } = await t.asSystem(() =>
    t
      .get(MessagesService)
      .create([{ dedupeKey: newId(), templateCode: 'case-link', contactId: contact.id, leadId: lead.id }]),
  );
  await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [
    created[0],
    t.clock.now(),
  ]);
  return answerToken(created[0]!, 'case', t.config.secretKey);
}

/** What the button of the page behind a link sends. */
export async function press(t: TestApp, token: string): Promise<HttpAnswer> {
  // a browser of its own: one address may ask so many times a minute and no more
  const remoteAddress = `10.0.${(++browsers >> 8) & 255}.${browsers & 255}`;
  const url = `/case/open/${token}`;
  const page = await t.app.inject({ url, remoteAddress });
  const value = /name="press" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await t.app.inject({
    method: 'POST',
    url,
    remoteAddress,
    headers: FORM,
    payload: `press=${value}`,
  });
  return { status: answer.statusCode, body: {}, text: answer.body, headers: answer.headers };
}

export interface OpenCase {
  path: string;
  cookie: string;
}

export async function openCase(t: TestApp, party: Party): Promise<OpenCase> {
  const answer = await press(t, await sentCaseLink(t, party));
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
  return { path: String(answer.headers.location), cookie };
}

/** A multipart body as a browser makes it. */
export function upload(
  fields: Record<string, string>,
  file?: { name: string; content: Buffer; type?: string },
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'ranh-gioi-thu-nghiem';
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type ?? 'application/pdf'}\r\n\r\n`;
    parts.push(Buffer.concat([Buffer.from(head), file.content, Buffer.from('\r\n')]));
  }
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'text/html' },
  };
}
