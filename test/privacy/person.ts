import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { wordsOf } from '../../src/modules/directory/person-words.rules.js';
import { Timeline } from '../../src/modules/leads/timeline/timeline.service.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { DataRequests } from '../../src/modules/privacy/data-requests.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import { givenRound } from '../factories/promotion.js';
import type { TestApp } from '../support/harness.js';

export const PERSON = {
  fullName: 'Đặng Thị Quỳnh Như',
  title: 'Trưởng phòng dự án Đặng Thị Quỳnh Như',
  email: 'quynh.nhu@nha-dau-tu.test',
  phone: '0912 345 678',
};

export interface GivenPerson {
  contactId: string;
  firmId: string;
  leadId: string;
  messageId: string;
  words: string[];
  /** `table.column` of everything that named the person. */
  places: string[];
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

/** Somebody whom every part of the program knows, by what the staff typed and by what the person wrote. */
export async function givenPerson(t: TestApp, who = PERSON): Promise<GivenPerson> {
  const officer = await t.http.as('officer');
  const named = `${who.fullName} (${who.email}, ${who.phone})`;
  const firm = await givenFirm(t, { email: who.email, phone: who.phone, note: `Hỏi ${named}` });
  const contact = await givenContact(t, { ...who, firmId: firm.id, consent: 'given' });
  const lead = await givenLead(t, {
    firmId: firm.id,
    primaryContactId: contact.id,
    ownerId: officer.userId,
    summary: `${named} cần 5 ha`,
  });
  await byStaff(t, { firmId: firm.id, contactId: contact.id, leadId: lead.id, named });
  const messageId = await byMail(t, contact.id, lead.id, named);
  await givenEnquiry(t, contact.id, lead.id, named);
  await t.asSystem(async () => {
    await t.get(ConsentService).record({
      contactId: contact.id,
      purpose: 'promotion_mail',
      action: 'withdrawn',
      channel: 'officer',
      evidence: `Thư của ${named}`,
    });
    await t.get(DataRequests).raise({
      contactId: contact.id,
      kind: 'erase',
      channel: 'letter',
      text: `Tôi, ${named}, đề nghị xóa`,
    });
  });
  const words = wordsOf(contact);
  const places = (await everywhere(t, words)).map(({ place }) => place);
  return { contactId: contact.id, firmId: firm.id, leadId: lead.id, messageId, words, places };
}

async function byStaff(
  t: TestApp,
  { firmId, contactId, leadId, named }: { firmId: string; contactId: string; leadId: string; named: string },
): Promise<void> {
  const officer = await t.http.as('officer');
  const key = { 'idempotency-key': newId() };
  await done(
    officer.post(
      `/api/v1/leads/${leadId}/activities`,
      { kind: 'call', subject: `Gọi ${named}`, body: `${named.toUpperCase()} hẹn tuần sau` },
      key,
    ),
  );
  await done(
    officer.post(`/api/v1/leads/${leadId}/activities`, {
      kind: 'email',
      subject: 'Thư đến',
      body: `Kính gửi, tôi là ${named}`,
      contactId,
    }),
  );
  await done(
    officer.post('/api/v1/reminders', { leadId, title: `Gọi lại ${named}`, dueAt: '2026-03-04T03:00:00Z' }),
  );
  await done(
    officer.post('/api/v1/saved-views', {
      name: `Của ${named}`.slice(0, 60),
      page: 'pipeline',
      query: { q: named },
    }),
  );
  const roundId = await givenRound(t);
  await done(
    officer.post(`/api/v1/rounds/${roundId}/participations`, {
      firmId,
      contactId,
      status: 'registered',
      leadKind: 'secondary',
      note: `Gặp ${named}`,
    }),
  );
}

async function byMail(t: TestApp, contactId: string, leadId: string, named: string): Promise<string> {
  const message = await givenMessage(t, { contactId, leadId });
  const token = answerToken(message.id, 'answer', t.config.secretKey);
  await t.http.anonymous.post(
    `/r/${token}`,
    new URLSearchParams({ answer: 'call_me', text: `Xin gọi ${named}` }).toString(),
    FORM,
  );
  await t.asSystem(() =>
    t.get(Timeline).append([{ leadId, kind: 'investor_answered', data: { answer: 'call_me', note: named } }]),
  );
  return message.id;
}

async function givenEnquiry(t: TestApp, contactId: string, leadId: string, named: string): Promise<void> {
  await t.db.execute(
    `INSERT INTO enquiry (id, reference, lead_id, contact_id, message, language, via, received_at) VALUES ($1, $2, $3, $4, $5, 'vi', 'page', $6)`,
    [newId(), `YC-2026-${newId()}`, leadId, contactId, `Chào, tôi là ${named}`, t.clock.now()],
  );
}

async function done(answer: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`${status}: ${text}`);
}

export interface Found {
  place: string;
  /** Of the trail: the row that an entry is about. */
  rowId: string | null;
  value: string;
}

/** Every text, JSON and list of every table that has one of the words, in whatever case, with or without accents. */
export async function everywhere(t: TestApp, words: readonly string[]): Promise<Found[]> {
  const columns = await t.db.query<{ table: string; column: string; hasId: boolean }>(`
    SELECT c.table_name AS "table", c.column_name AS "column",
           EXISTS (SELECT 1 FROM information_schema.columns i WHERE i.table_schema = 'public' AND i.table_name = c.table_name AND i.column_name = 'id') AS "hasId"
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')`);
  const found: Found[] = [];
  for (const { table, column, hasId } of columns) {
    const rows = await t.db.query<{ id: string | null; value: string }>(
      `SELECT ${table === 'audit_entry' ? 'row_id' : hasId ? 'id::text' : 'NULL'} AS id, "${column}"::text AS value FROM "${table}"
        WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS w WHERE strpos(fold("${column}"::text), fold(w)) > 0)`,
      [words],
    );
    found.push(...rows.map(({ id, value }) => ({ place: `${table}.${column}`, rowId: id, value })));
  }
  return found;
}
