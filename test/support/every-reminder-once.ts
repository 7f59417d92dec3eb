import { expect } from '@jest/globals';
import type { TestApp } from './harness.js';
import type { ControlledSmtpServer } from './smtp-server.js';

/** What was planned, and what is declared to be out of the ordinary; everything else must be in order. */
export interface Expected {
  planned: { leadIds: readonly string[]; roundId: string; steps: readonly string[] }[];
  /** Messages of which the program says that it does not know. */
  unknown?: readonly string[];
  /** Officer's notices that were sent again under the same Message-ID. */
  sentAgain?: readonly string[];
}

interface ReminderRow {
  id: string;
  key: string;
  channel: string;
  status: string;
  reason: string | null;
  dueAt: Date;
  messageId: string | null;
}

interface MessageRow {
  id: string;
  header: string;
  audience: string;
  status: string;
  reminderId: string | null;
}

/**
 * The law of the engine: every planned reminder is there once and accounted for; a mail was accepted for exactly those
 * that say so, once; and nothing is left under way.
 */
export async function expectEveryReminderOnce(
  t: TestApp,
  smtp: ControlledSmtpServer,
  expected: Expected,
): Promise<void> {
  const reminders = await remindersOf(t, expected);
  const messages = await t.db.query<MessageRow>(
    `SELECT id, message_id_header AS header, audience, status, reminder_id AS "reminderId" FROM message`,
  );
  const wanted = expected.planned.flatMap(({ roundId, leadIds, steps }) =>
    leadIds.flatMap((leadId) => steps.map((step) => `${roundId} ${leadId} ${step}`)),
  );
  expect(reminders.map(({ key }) => key).sort()).toEqual(wanted.sort());
  expectAccountedFor(reminders, messages, t.clock.now());
  expectAcceptedOnce(messages, smtp, expected);
}

function remindersOf(t: TestApp, { planned }: Expected): Promise<ReminderRow[]> {
  return t.db.query<ReminderRow>(
    `SELECT id, round_id || ' ' || lead_id || ' ' || step_key AS key, channel, status, reason, due_at AS "dueAt", message_id AS "messageId"
       FROM reminder WHERE round_id = ANY($1::uuid[]) AND sequence_id IS NOT NULL`,
    [planned.map(({ roundId }) => roundId)],
  );
}

function expectAccountedFor(
  reminders: readonly ReminderRow[],
  messages: readonly MessageRow[],
  now: Date,
): void {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const faults = reminders.flatMap(({ key, channel, status, reason, dueAt, messageId }) => {
    if (status === 'pending') return dueAt <= now ? [`${key} is due and was not handled`] : [];
    if (status === 'sent') {
      const mail = byId.get(messageId ?? '')?.status;
      const known = channel === 'investor_email' && (mail === 'sent' || mail === 'unknown');
      return known ? [] : [`${key} says sent, its message says ${mail}`];
    }
    if (status === 'open' || status === 'done')
      return channel === 'investor_email' ? [`${key} is ${status}`] : [];
    return reason ? [] : [`${key} is ${status} for no reason`];
  });
  expect(faults).toEqual([]);
}

function expectAcceptedOnce(
  messages: readonly MessageRow[],
  smtp: ControlledSmtpServer,
  { unknown = [], sentAgain = [] }: Expected,
): void {
  const accepted = smtp.countsById();
  const faults = messages.flatMap(({ id, header, status }) => {
    const times = accepted.get(header) ?? 0;
    if (status === 'queued' || status === 'sending') return [`${id} is left ${status}`];
    if (status === 'unknown')
      return unknown.includes(id) && times <= 1 ? [] : [`${id} is unknown, accepted ${times} times`];
    const right = status !== 'sent' ? 0 : sentAgain.includes(id) ? 2 : 1;
    return times === right ? [] : [`${id} is ${status}, accepted ${times} times`];
  });
  expect(faults).toEqual([]);
  const own = new Set(messages.map(({ header }) => header));
  expect([...accepted.keys()].filter((header) => !own.has(header))).toEqual([]);
  const perReminder = new Set<string>();
  const doubled = messages.filter(({ reminderId, audience, header }) => {
    if (reminderId === null || !accepted.has(header)) return false;
    const key = `${reminderId} ${audience}`;
    return perReminder.size === perReminder.add(key).size;
  });
  expect(doubled).toEqual([]);
}
