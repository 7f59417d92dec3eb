import { plusDays } from '../../src/platform/calendar/days.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import type { TestApp } from '../support/harness.js';
import type { Generated, GeneratedLead } from './generated.js';
import { type Dice, insert, morning, stamp } from './generator.js';

interface World {
  leads: readonly GeneratedLead[];
  rounds: Generated['rounds'];
  today: string;
  /** Whom every mail goes to. */
  contact: string;
}

export async function insertFollowUp(
  t: TestApp,
  dice: Dice,
  { leads, rounds, today, contact }: World,
): Promise<void> {
  const [template, plan, version] = [newId(), newId(), newId()];
  const old = plusDays(today, -500);
  await insert(t, 'template', [
    {
      id: template,
      code: 'generated',
      purpose: 'promotion',
      topic: 'rounds',
      audience: 'investor',
      name_vi: 'Mẫu',
      name_en: 'Generated',
      ...stamp(old),
    },
  ]);
  await insert(t, 'follow_up_plan', [
    { id: plan, code: 'generated', name: 'Mẫu', current_version: 1, is_default: false, ...stamp(old) },
  ]);
  await insert(t, 'follow_up_plan_version', [
    { id: version, plan_id: plan, number: 1, stop_stages: {}, created_at: morning(old) },
  ]);
  const steps = (['investor_email', 'officer_task', 'investor_email'] as const).map((channel, position) => ({
    id: newId(),
    plan_version_id: version,
    key: `gen-${position}`,
    position,
    offset_amount: 7 * (position + 1),
    offset_unit: 'day',
    channel,
    template_id: channel === 'investor_email' ? template : null,
    title_vi: `Bước ${position}`,
    title_en: `Step ${position}`,
    condition: {},
  }));
  await insert(t, 'follow_up_step', steps);
  const of = leads.filter(({ roundId }) => roundId !== null);
  const anchor = (lead: GeneratedLead) =>
    rounds.find(({ id }) => id === lead.roundId)!.closedOn ?? lead.openedOn;
  const all = of.flatMap((lead) =>
    steps.map((step) => reminderOf(dice, lead, step, { template, contact, today, anchor: anchor(lead) })),
  );
  await insert(
    t,
    'message',
    all.flatMap(({ message }) => (message ? [message] : [])),
  );
  await insert(
    t,
    'reminder',
    all.map(({ reminder }) => reminder),
  );
  await insert(
    t,
    'message_answer',
    all.flatMap(({ answer }) => (answer ? [answer] : [])),
  );
  await insertParticipations(t, dice, of);
}

type PlanStep = {
  id: string;
  key: string;
  position: number;
  channel: string;
  title_vi: string;
  title_en: string;
};

function reminderOf(
  dice: Dice,
  lead: GeneratedLead,
  step: PlanStep,
  { template, contact, today, anchor }: { template: string; contact: string; today: string; anchor: string },
) {
  const due = plusDays(anchor, 7 * (step.position + 1));
  const settled = plusDays(due, dice.pick([-1, 0, 0, 0, 1, 9]));
  const isMail = step.channel === 'investor_email';
  const happened = settled <= today;
  const [ahead, done] = isMail ? ['pending', 'sent'] : ['open', 'done'];
  const forward = happened && dice.chance(0.8) ? done! : ahead!;
  const status = dice.chance(0.15) ? dice.pick(['skipped', 'stopped', 'cancelled']) : forward;
  const mailStatus = dice.chance(0.85) ? 'sent' : dice.pick(['queued', 'bounced', 'unknown']);
  const id = newId();
  const message =
    status === 'sent'
      ? {
          ...mail(lead, { template, contact }),
          reminder_id: id,
          status: mailStatus,
          sent_at: mailStatus === 'sent' ? morning(settled) : null,
          not_before: morning(due),
          ...omitUpdated(stamp(due)),
        }
      : null;
  const closed = ['done', 'skipped', 'stopped', 'cancelled'].includes(status);
  return {
    message,
    answer:
      message?.sent_at && dice.chance(0.3)
        ? {
            id: newId(),
            message_id: message.id,
            answer: dice.pick(['interested', 'not_now']),
            at: morning(settled),
          }
        : null,
    reminder: {
      id,
      step_id: step.id,
      step_key: step.key,
      lead_id: lead.id,
      round_id: lead.roundId,
      owner_id: lead.ownerId,
      channel: step.channel,
      title_vi: step.title_vi,
      title_en: step.title_en,
      due_at: morning(due),
      original_due_at: morning(due),
      status,
      ...(['skipped', 'stopped', 'cancelled'].includes(status) && {
        reason: dice.pick(['bounced', 'answered_interested', '=sum(1)']),
      }),
      message_id: message?.id ?? null,
      dispatched_at: message ? morning(due) : null,
      closed_at: closed ? morning(happened ? settled : today) : null,
      escalated_at: !isMail && due < today && dice.chance(0.3) ? morning(today) : null,
      snooze_count: dice.int(0, 1),
      ...stamp(anchor),
    },
  };
}

const omitUpdated = ({ created_at, version }: ReturnType<typeof stamp>) => ({ created_at, version });

function mail(lead: GeneratedLead, { template, contact }: { template: string; contact: string }) {
  const id = newId();
  return {
    id,
    dedupe_key: id,
    template_id: template,
    purpose: 'promotion',
    topic: 'rounds',
    audience: 'investor',
    language: 'vi',
    contact_id: contact,
    lead_id: lead.id,
    round_id: lead.roundId,
    to_address: 'a@b.test',
    to_name: 'A',
    to_domain: 'b.test',
    from_name: 'B',
    subject: '+Chào',
    body_text: '',
    body_html: '',
    attempts: 1,
    message_id_header: `<${id}@test>`,
  };
}

/** Each lead of a round came with its firm; a part of the firms also to a second event without one. */
async function insertParticipations(t: TestApp, dice: Dice, leads: readonly GeneratedLead[]): Promise<void> {
  const firms = await t.db.query<{ id: string; firm_id: string }>(
    `SELECT id, firm_id FROM lead WHERE id = ANY($1::uuid[])`,
    [leads.map(({ id }) => id)],
  );
  const firmOf = new Map(firms.map(({ id, firm_id }) => [id, firm_id]));
  const seen = new Set<string>();
  const rows = leads.flatMap((lead) => {
    const key = `${lead.roundId}:${firmOf.get(lead.id)}:${lead.kind}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const status = dice.pick(['invited', 'registered', 'attended', 'attended', 'no_show']);
    return [
      {
        id: newId(),
        round_id: lead.roundId,
        firm_id: firmOf.get(lead.id),
        status,
        lead_kind: lead.kind,
        lead_id: lead.id,
        ...stamp(lead.openedOn),
      },
    ];
  });
  await insert(t, 'participation', rows);
}
