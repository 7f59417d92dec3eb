import { Injectable } from '@nestjs/common';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type {
  ContactForDraft,
  DraftContext,
  TemplateForDraft,
  UserForDraft,
} from './draft-context.queries.js';
import { laterFor, OUTSIDE_WORKING_HOURS } from './delivery.rules.js';
import { oneLine, withoutAddresses } from './letters/escape.rules.js';
import { textIn } from './language.rules.js';
import { LetterRenderer } from './letters/letter-renderer.js';
import { agencyName, letterValues } from './letters/letter-values.js';
import { lastSensible, nextAllowed } from './preferences/mail-preference.rules.js';
import { messageIdHeader } from './mail-headers.rules.js';
import { DATA_REQUEST_TEMPLATES, domainOf, refusal, type Refusal } from './mail.rules.js';
import type { MessageDraft } from './message-draft.rules.js';
import type { Message } from './message.entity.js';
import type { MailAudience } from './templates/template.entity.js';

export interface DraftRefusal {
  dedupeKey: string;
  reason: Refusal;
}

export type NewMessage = Pick<
  Message,
  | 'id'
  | 'dedupeKey'
  | 'templateId'
  | 'purpose'
  | 'audience'
  | 'language'
  | 'contactId'
  | 'userId'
  | 'officerId'
  | 'leadId'
  | 'reminderId'
  | 'roundId'
  | 'toAddress'
  | 'toName'
  | 'toDomain'
  | 'fromName'
  | 'replyTo'
  | 'subject'
  | 'bodyText'
  | 'bodyHtml'
  | 'invitation'
  | 'notBefore'
  | 'notAfter'
  | 'errorCode'
  | 'messageIdHeader'
  | 'createdAt'
>;

interface Moment {
  now: Date;
  hours: WorkingTime;
}

interface Recipient {
  address: string;
  name: string;
  language: Language;
}

/** Every column of a new message with its type, in the order of the statement. */
const COLUMNS: readonly [column: string, type: string, property: keyof NewMessage][] = [
  ['id', 'uuid', 'id'],
  ['dedupe_key', 'text', 'dedupeKey'],
  ['template_id', 'uuid', 'templateId'],
  ['purpose', 'text', 'purpose'],
  ['audience', 'text', 'audience'],
  ['language', 'text', 'language'],
  ['contact_id', 'uuid', 'contactId'],
  ['user_id', 'uuid', 'userId'],
  ['officer_id', 'uuid', 'officerId'],
  ['lead_id', 'uuid', 'leadId'],
  ['reminder_id', 'uuid', 'reminderId'],
  ['round_id', 'uuid', 'roundId'],
  ['to_address', 'text', 'toAddress'],
  ['to_name', 'text', 'toName'],
  ['to_domain', 'text', 'toDomain'],
  ['from_name', 'text', 'fromName'],
  ['reply_to', 'text', 'replyTo'],
  ['subject', 'text', 'subject'],
  ['body_text', 'text', 'bodyText'],
  ['body_html', 'text', 'bodyHtml'],
  ['invitation', 'jsonb', 'invitation'],
  ['not_before', 'timestamptz', 'notBefore'],
  ['not_after', 'timestamptz', 'notAfter'],
  ['error_code', 'text', 'errorCode'],
  ['message_id_header', 'text', 'messageIdHeader'],
  ['created_at', 'timestamptz', 'createdAt'],
];

const INSERT = `
  INSERT INTO message (${COLUMNS.map(([column]) => column).join(', ')})
  SELECT * FROM unnest(${COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
  ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`;

/** Turns drafts into rows: who it goes to, in which language, with which words. */
@Injectable()
export class DraftWriter {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
    private readonly renderer: LetterRenderer,
  ) {}

  async write(
    drafts: readonly MessageDraft[],
    context: DraftContext,
    moment: Moment,
  ): Promise<{ messages: NewMessage[]; refused: DraftRefusal[] }> {
    const messages: NewMessage[] = [];
    const refused: DraftRefusal[] = [];
    for (const draft of drafts) {
      const written = await this.writeOne(draft, context, moment);
      if (typeof written === 'string') refused.push({ dedupeKey: draft.dedupeKey, reason: written });
      else messages.push(written);
    }
    return { messages, refused };
  }

  /** One statement; answers the ids that are new. */
  async insert(messages: readonly NewMessage[]): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      INSERT,
      COLUMNS.map(([, , property]) => messages.map((message) => message[property])),
    );
    return rows.map((row) => row.id);
  }

  private async writeOne(
    draft: MessageDraft,
    context: DraftContext,
    moment: Moment,
  ): Promise<NewMessage | Refusal> {
    const template = context.templates.get(draft.templateId ?? draft.templateCode ?? '')!;
    const contact = context.contacts.get(draft.contactId ?? '');
    const user = context.users.get(draft.userId ?? '');
    const recipient = recipientOf(template, contact, user);
    if (typeof recipient === 'string') return recipient;
    const time = this.timeOf(draft, template, contact, moment);
    if (typeof time === 'string') return time;
    const text = textIn(template.texts ?? [], recipient.language);
    if (!text) throw new Error(`The template ${template.code} has no text.`);
    const id = newId();
    const { purpose, audience } = template;
    const people = peopleOf(draft, audience, context);
    const facts = {
      ...draft.facts,
      ...people,
      messageId: id,
      purpose,
      audience,
      language: text.language,
      contact,
      recipient: user,
    };
    const letter = await this.renderer.render(
      { ...text, purpose, audience },
      letterValues(facts, this.config),
    );
    const sender = audience === 'investor' ? people.officer : undefined;
    return {
      id,
      dedupeKey: draft.dedupeKey,
      templateId: template.id,
      purpose,
      audience,
      language: text.language,
      contactId: audience === 'investor' ? contact!.id : null,
      userId: audience === 'officer' ? user!.id : null,
      officerId: sender?.id ?? null,
      leadId: draft.leadId ?? null,
      reminderId: draft.reminderId ?? null,
      roundId: draft.roundId ?? null,
      toAddress: recipient.address,
      toName: oneLine(recipient.name, 200),
      toDomain: domainOf(recipient.address),
      fromName: this.fromName(sender),
      replyTo: sender?.email ?? null,
      subject: letter.subject,
      bodyText: letter.text,
      bodyHtml: letter.html,
      invitation: draft.invitation ?? null,
      ...time,
      messageIdHeader: messageIdHeader(id, this.config.appUrl),
      createdAt: moment.now,
    };
  }

  /** When it may go, and until when it makes sense; why not, when the one is after the other. */
  private timeOf(
    draft: MessageDraft,
    { purpose }: TemplateForDraft,
    contact: ContactForDraft | undefined,
    { now, hours }: Moment,
  ): Pick<NewMessage, 'notBefore' | 'notAfter' | 'errorCode'> | Refusal {
    const wished = draft.notBefore && draft.notBefore > now ? draft.notBefore : now;
    if (purpose === 'service') return { notBefore: wished, notAfter: null, errorCode: null };
    const { frequency = null, lastPromotionAt = null } = contact ?? {};
    const allowed = nextAllowed(frequency, lastPromotionAt, wished, this.config.timeZone);
    const notBefore = laterFor(purpose, allowed, hours);
    const notAfter = lastSensible(wished, draft.facts?.event?.startsAt);
    if (allowed > wished && notBefore > notAfter) return 'too_frequent';
    const waits = allowed > wished ? 'too_frequent' : OUTSIDE_WORKING_HOURS;
    return { notBefore, notAfter, errorCode: notBefore > wished ? waits : null };
  }

  private fromName(officer: UserForDraft | undefined): string {
    const agency = agencyName(this.config);
    return officer ? oneLine(`${officer.name} (${agency})`, 200) : agency;
  }
}

/** The lead, its clusters, and the officer: the one named, or the lead's owner. */
function peopleOf(draft: MessageDraft, audience: MailAudience, context: DraftContext) {
  const lead = context.leads.get(draft.leadId ?? '');
  const named = audience === 'investor' ? draft.officerId : undefined;
  const officer = context.users.get(named ?? lead?.ownerId ?? '');
  const clusterIds = draft.clusterIds ?? lead?.clusterIds ?? [];
  return { lead, officer, clusters: clusterIds.flatMap((id) => context.clusters.get(id) ?? []) };
}

function recipientOf(
  template: TemplateForDraft,
  contact: ContactForDraft | undefined,
  user: UserForDraft | undefined,
): Recipient | Refusal {
  if (template.audience === 'officer') {
    if (!user?.active) return 'recipient_inactive';
    return { address: user.email, name: user.name, language: user.language };
  }
  if (!contact) return 'recipient_inactive';
  const reason = refusal(template.purpose, {
    address: contact.email,
    bounced: contact.emailState === 'bounced',
    active: !contact.erased,
    consent: contact.consent,
    restricted: contact.restricted && !template.code.startsWith(DATA_REQUEST_TEMPLATES),
    topicRefused: Boolean(template.topic && contact.topics && !contact.topics.includes(template.topic)),
  });
  return (
    reason ?? {
      address: contact.email!,
      name: withoutAddresses(contact.fullName),
      language: contact.language,
    }
  );
}
