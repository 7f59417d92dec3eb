import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lead } from '../../src/modules/leads/lead.entity.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { PDF, upload } from '../portal/case-client.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Paper {
  id: string;
  title: string;
  sharedWithInvestor: boolean;
  contact: { id: string } | null;
  file: { name: string; size: number; mediaType: string } | null;
  version: number;
}

let t: TestApp;
let officer: HttpClient;
beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
});
afterAll(() => t.close());

async function ownLead(): Promise<Lead> {
  const contact = await givenContact(t);
  return givenLead(t, { firmId: contact.firmId, primaryContactId: contact.id, ownerId: officer.userId });
}

function add(leadId: string, fields: Record<string, string> = {}, content = PDF, who = officer) {
  const given = { direction: 'to_investor', title: 'Quyết định thành lập', ...fields };
  const { body, headers } = upload(given, { name: '../quyet-dinh.exe', content });
  return who.post<Paper>(`/api/v1/leads/${leadId}/documents`, body, {
    ...headers,
    accept: 'application/json',
  });
}
const list = async (leadId: string) =>
  (await officer.get<{ items: Paper[] }>(`/api/v1/leads/${leadId}/documents`)).body.items;

describe('a document of a lead', () => {
  test('is what its content says, and is given out for saving only', async () => {
    const lead = await ownLead();
    const { status, body } = await add(lead.id);
    expect([status, body.file]).toEqual([
      201,
      { name: 'quyet-dinh.pdf', size: PDF.length, mediaType: 'application/pdf' },
    ]);
    const file = await officer.get<never>(`/api/v1/leads/${lead.id}/documents/${body.id}/file`);
    expect(file.status).toBe(200);
    expect(file.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
    });
    expect(String(file.headers['content-disposition'])).toMatch(/^attachment/);
    expect((await add(lead.id, {}, Buffer.from('<html><script>1</script></html>'))).status).toBe(400);
    expect((await add(lead.id, { title: '' })).status).toBe(400);
    expect((await add(lead.id, { secret: 'x' })).status).toBe(400);
    expect(await list(lead.id)).toHaveLength(1);
  });

  test('is shared with one person of the firm, and no longer, as the story tells', async () => {
    const lead = await ownLead();
    const { body } = await add(lead.id);
    const url = `/api/v1/leads/${lead.id}/documents/${body.id}`;
    const share = (shared: boolean, version: number) =>
      officer.patch<Paper>(url, { sharedWithInvestor: shared }, { 'if-match': `"${version}"` });
    expect((await share(true, 1)).body).toMatchObject({
      sharedWithInvestor: true,
      contact: { id: lead.primaryContactId },
    });
    expect((await share(false, 1)).status).toBe(412);
    expect((await share(false, 2)).body.sharedWithInvestor).toBe(false);
    const stranger = await givenContact(t);
    const wrong = await officer.patch(url, { contactId: stranger.id }, { 'if-match': '"3"' });
    expect(wrong.status).toBe(400);
    const story = await officer.get<{ items: { kind: string }[] }>(
      `/api/v1/leads/${lead.id}/timeline?about=document`,
    );
    expect(story.body.items.map(({ kind }) => kind).sort()).toEqual([
      'document_added',
      'document_shared',
      'document_unshared',
    ]);
  });

  test('that is removed comes back by undo', async () => {
    const lead = await ownLead();
    const { body } = await add(lead.id);
    const url = `/api/v1/leads/${lead.id}/documents/${body.id}`;
    expect((await officer.delete(url)).status).toBe(204);
    expect((await officer.delete(url)).status).toBe(204);
    expect(await list(lead.id)).toEqual([]);
    expect((await officer.post(`${url}/restore`)).status).toBe(200);
    expect(await list(lead.id)).toHaveLength(1);
  });

  test('is added by those whose lead it is, and found under its own lead only', async () => {
    const [lead, other] = [await ownLead(), await ownLead()];
    const stranger = await t.http.as('officer', 'Cán bộ khác');
    expect((await add(lead.id, {}, PDF, stranger)).status).toBe(403);
    const { body } = await add(lead.id);
    expect((await officer.get(`/api/v1/leads/${other.id}/documents/${body.id}/file`)).status).toBe(404);
    expect((await officer.delete(`/api/v1/leads/${other.id}/documents/${body.id}`)).status).toBe(404);
  });
});
