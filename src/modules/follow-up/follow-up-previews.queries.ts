import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { UsersQueries, type UserSummary } from '../identity/users.queries.js';
import { textIn } from '../messaging/language.rules.js';
import { managerOf } from './escalation.rules.js';
import type { PlanStep } from './plans.queries.js';
import type { ReminderChange } from './reconcile.rules.js';
import type { PlannedSequence } from './sequences.writer.js';
import type { Channel } from './sequence.rules.js';

interface Ref {
  id: string;
  name: string;
}

export interface PreviewTemplate {
  id: string;
  nameVi: string;
  nameEn: string;
}

/** One reminder that would wait, with all that a person needs to read it. */
export interface PreviewLine {
  leadId: string;
  stepId: string;
  stepKey: string;
  titleVi: string;
  titleEn: string;
  channel: Channel;
  dueAt: Date;
  /** What would keep it from going out if it were due now. */
  willSkip: 'no_consent' | null;
  reference: string;
  firm: Ref;
  template: PreviewTemplate | null;
  recipient: Ref | null;
  language: Language | null;
  owner: Ref | null;
}

/** A lead for which no reminder would wait. */
export interface PreviewLead {
  leadId: string;
  reference: string;
  firm: Ref;
  owner: Ref | null;
  /** Codes; empty: everything is done already. */
  reasons: string[];
}

/** A reminder that would wait, as planning knows it. */
interface Waiting {
  sequence: PlannedSequence['sequence'];
  step: PlanStep;
  dueAt: Date;
  ownerId: string | null;
  willSkip: 'no_consent' | null;
}

interface LeadRow {
  id: string;
  reference: string;
  firmId: string;
  firmName: string;
  ownerId: string | null;
}

interface TemplateRow extends PreviewTemplate {
  texts: { language: Language }[];
}

interface Planned {
  sequences: readonly PlannedSequence[];
  steps: ReadonlyMap<string, PlanStep>;
  skipped: readonly { leadId: string; reason: string }[];
}

interface Names {
  leads: ReadonlyMap<string, LeadRow>;
  contacts: ReadonlyMap<string, Ref & { language: Language }>;
  templates: ReadonlyMap<string, TemplateRow>;
  users: ReadonlyMap<string, Ref>;
  managers: readonly UserSummary[];
}

/** A plan for a round in words: five statements, however many leads. */
@Injectable()
export class FollowUpPreviews {
  constructor(
    private readonly db: Database,
    private readonly users: UsersQueries,
  ) {}

  async describe(planned: Planned): Promise<{ lines: PreviewLine[]; without: PreviewLead[] }> {
    const waiting = planned.sequences.flatMap((item) => waitingOf(item, planned.steps));
    const leadIds = [
      ...new Set([
        ...planned.sequences.map((item) => item.sequence.leadId),
        ...planned.skipped.map((one) => one.leadId),
      ]),
    ];
    const names = await this.names(leadIds, waiting);
    const reasons = new Map(leadIds.map((leadId) => [leadId, [] as string[]]));
    for (const { leadId, reason } of planned.skipped) reasons.get(leadId)!.push(reason);
    const served = new Set(waiting.map((item) => item.sequence.leadId));
    return {
      lines: waiting.map((item) => toLine(item, names)),
      without: leadIds
        .filter((leadId) => !served.has(leadId) && names.leads.has(leadId))
        .map((leadId) => toLead(leadId, reasons.get(leadId)!, names)),
    };
  }

  private async names(leadIds: readonly string[], waiting: readonly Waiting[]): Promise<Names> {
    const leads = await this.byId<LeadRow>(
      `SELECT l.id, l.reference, l.firm_id AS "firmId", f.name AS "firmName", l.owner_id AS "ownerId"
         FROM lead l JOIN firm f ON f.id = l.firm_id WHERE l.id = ANY($1::uuid[])`,
      leadIds,
    );
    return {
      leads,
      contacts: await this.byId(
        `SELECT id, full_name AS name, language FROM contact WHERE id = ANY($1::uuid[])`,
        waiting.map((item) => item.sequence.contactId),
      ),
      templates: await this.byId(
        `SELECT t.id, t.name_vi AS "nameVi", t.name_en AS "nameEn",
                (SELECT jsonb_agg(jsonb_build_object('language', x.language)) FROM template_text x WHERE x.template_id = t.id) AS texts
           FROM template t WHERE t.id = ANY($1::uuid[])`,
        waiting.map((item) => item.step.templateId),
      ),
      users: await this.byId(`SELECT id, name FROM app_user WHERE id = ANY($1::uuid[])`, [
        ...waiting.map((item) => item.ownerId),
        ...[...leads.values()].map((lead) => lead.ownerId),
      ]),
      managers: await this.users.activeManagers(),
    };
  }

  private async byId<R extends { id: string }>(
    statement: string,
    ids: readonly (string | null)[],
  ): Promise<Map<string, R>> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    if (wanted.length === 0) return new Map();
    return new Map((await this.db.query<R>(statement, [wanted])).map((row) => [row.id, row]));
  }
}

/** Only what is still to come. */
function waitingOf(
  { sequence, changes, noConsent }: PlannedSequence,
  steps: ReadonlyMap<string, PlanStep>,
): Waiting[] {
  return changes.flatMap((change): Waiting[] => {
    if (change.kind === 'cancel' || change.planned.skip !== null) return [];
    if (change.kind === 'keep' && change.row.status !== 'pending') return [];
    const step = steps.get(change.planned.step.id)!;
    const isAdvertising = step.channel === 'investor_email' && step.purpose === 'promotion';
    const own = change.kind === 'insert' || step.channel !== 'officer_task' ? null : change.row.ownerId;
    return [
      {
        sequence,
        step,
        dueAt: dueAtOf(change),
        ownerId: own ?? sequence.ownerId,
        willSkip: noConsent && isAdvertising ? 'no_consent' : null,
      },
    ];
  });
}

function dueAtOf(change: Exclude<ReminderChange, { kind: 'cancel' }>): Date {
  if (change.kind === 'insert') return change.planned.dueAt;
  return change.kind === 'update' ? change.dueAt : change.row.dueAt;
}

function toLine({ sequence, step, dueAt, ownerId, willSkip }: Waiting, names: Names): PreviewLine {
  const lead = names.leads.get(sequence.leadId)!;
  const template = step.templateId === null ? undefined : names.templates.get(step.templateId);
  const isMail = step.channel === 'investor_email';
  const contact = isMail && sequence.contactId ? names.contacts.get(sequence.contactId) : undefined;
  const owner =
    step.channel === 'manager_escalation'
      ? managerOf(sequence.leadId, names.managers)
      : names.users.get(ownerId ?? '');
  return {
    leadId: sequence.leadId,
    stepId: step.id,
    stepKey: step.key,
    titleVi: step.titleVi,
    titleEn: step.titleEn,
    channel: step.channel,
    dueAt,
    willSkip,
    reference: lead.reference,
    firm: { id: lead.firmId, name: lead.firmName },
    template: template ? { id: template.id, nameVi: template.nameVi, nameEn: template.nameEn } : null,
    recipient: contact ? { id: contact.id, name: contact.name } : null,
    language:
      contact && template ? (textIn(template.texts, contact.language)?.language ?? contact.language) : null,
    owner: owner ? { id: owner.id, name: owner.name } : null,
  };
}

function toLead(leadId: string, reasons: string[], names: Names): PreviewLead {
  const lead = names.leads.get(leadId)!;
  return {
    leadId,
    reference: lead.reference,
    firm: { id: lead.firmId, name: lead.firmName },
    owner: names.users.get(lead.ownerId ?? '') ?? null,
    reasons,
  };
}
