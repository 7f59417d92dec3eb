import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import type { TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';
import { givenCluster, givenContact, type ContactOverrides } from './directory.js';
import { givenLead } from './leads.js';
import { givenMessage } from './messaging.js';

export interface AskedVisit {
  leadId: string;
  contactId: string;
  contactEmail: string;
  clusterIds: string[];
  token: string;
}

/** An investor who got a letter from the lead's owner, and holds its link. */
export async function givenAsked(
  t: TestApp,
  {
    owner,
    contact = {},
    clusters = 1,
  }: { owner?: HttpClient; contact?: ContactOverrides; clusters?: number } = {},
): Promise<AskedVisit> {
  const person = await givenContact(t, { consent: 'given', ...contact });
  const clusterIds: string[] = [];
  for (let n = 0; n < clusters; n++) clusterIds.push((await givenCluster(t)).id);
  const lead = await givenLead(t, {
    firmId: person.firmId,
    primaryContactId: person.id,
    ownerId: owner?.userId ?? undefined,
    clusterIds,
  });
  const message = await givenMessage(t, { contactId: person.id, leadId: lead.id });
  const token = answerToken(message.id, 'answer', t.config.secretKey);
  return { leadId: lead.id, contactId: person.id, contactEmail: person.email!, clusterIds, token };
}

/** The times that a visit page offers. */
export function offeredIn(page: string): string[] {
  return [...page.matchAll(/name="startsAt" value="([^"]+)"/g)].map(([, value]) => value!);
}
