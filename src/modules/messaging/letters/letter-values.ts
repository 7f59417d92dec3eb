import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import type { Config } from '../../../platform/config/config.js';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { tokenLink } from '../answer-token.rules.js';
import type {
  ClusterForDraft,
  ContactForDraft,
  LeadForDraft,
  UserForDraft,
} from '../draft-context.queries.js';
import { oneLine, withoutAddresses } from './escape.rules.js';
import type { LetterValues } from './letter-renderer.js';
import { parseMailbox } from '../mail-headers.rules.js';
import type { DraftFacts } from '../message-draft.rules.js';
import type { MailAudience, MailPurpose } from '../templates/template.entity.js';

/** One letter's facts, as the tables and the caller gave them. */
export interface LetterFacts extends DraftFacts {
  messageId: string;
  purpose: MailPurpose;
  audience: MailAudience;
  language: Language;
  contact?: Pick<ContactForDraft, 'fullName' | 'title' | 'firmName'>;
  recipient?: Pick<UserForDraft, 'name'>;
  officer?: Pick<UserForDraft, 'name' | 'email'> & Partial<Pick<UserForDraft, 'title' | 'phone'>>;
  lead?: Pick<LeadForDraft, 'id' | 'reference' | 'firmName' | 'contactName' | 'contactTitle'>;
  clusters: readonly ClusterForDraft[];
}

const NAME_LENGTH = 200;
const NOTE_LENGTH = 2_000;

/** The variables of `template-variables.rules.ts`, written as the language writes them. */
export function letterValues(facts: LetterFacts, config: Config): LetterValues {
  const { language, lead } = facts;
  const contactName = facts.contact?.fullName ?? lead?.contactName;
  const contactTitle = facts.contact?.title ?? lead?.contactTitle;
  return {
    agency: { name: agencyName(config) },
    firm: { name: outside(facts.contact?.firmName ?? lead?.firmName) },
    contact: { fullName: outside(contactName), title: outside(contactTitle) },
    officer: officerValues(facts.officer),
    recipient: { name: inside(facts.recipient?.name) },
    lead: { reference: facts.reference ?? lead?.reference ?? null },
    round: { name: inside(facts.round?.name) },
    previousOwner: { name: inside(facts.previousOwner?.name) },
    clusters: facts.clusters.map((cluster) => clusterValues(cluster, language, config)),
    links: facts.audience === 'investor' ? investorLinks(facts, config) : officerLinks(facts, config),
    ...(facts.event && {
      event: {
        name: inside(facts.event.name),
        place: inside(facts.event.place),
        startsAt: moment(facts.event.startsAt, language, config),
      },
    }),
    ...(facts.obstacle && {
      obstacle: { title: outside(facts.obstacle.title), answer: inside(facts.obstacle.answer, NOTE_LENGTH) },
    }),
    ...(facts.mail && {
      mail: {
        from: outside(facts.mail.from),
        subject: outside(facts.mail.subject),
        text: oneLine(withoutAddresses(facts.mail.text), NOTE_LENGTH),
      },
    }),
    ...(facts.task && { task: taskValues(facts.task, language, config) }),
    ...(facts.answer && { answer: answerValues(facts.answer, language) }),
    ...(facts.request && { request: requestValues(facts.request, language, config) }),
    ...(facts.meeting && { meeting: meetingValues(facts, facts.meeting, config) }),
  };
}

function officerValues(officer: LetterFacts['officer']) {
  const phone = officer?.phone ? parsePhoneNumberFromString(officer.phone) : undefined;
  return {
    name: inside(officer?.name),
    email: officer?.email ?? null,
    title: inside(officer?.title),
    // readers are abroad as often as not
    phone: phone?.formatInternational() ?? null,
    phoneLink: phone?.number ?? null,
  };
}

/** The display name of `MAIL_FROM`. */
export function agencyName(config: Config): string {
  const { name, address } = parseMailbox(config.mailFrom);
  return oneLine(name || address, NAME_LENGTH);
}

/** Of the site's public pages. */
function sitePrefix(language: Language): string {
  return language === 'vi' ? '' : `/${language}`;
}

function clusterValues(cluster: ClusterForDraft, language: Language, config: Config) {
  const summary = { vi: cluster.summaryVi, en: cluster.summaryEn, zh: cluster.summaryZh }[language];
  return {
    code: cluster.code,
    name: inside(cluster.name),
    district: inside(cluster.district),
    areaHa: cluster.areaHa === null ? null : NUMBERS[language].format(Number(cluster.areaHa)),
    status: translate(language, `directory:status_${cluster.status}`),
    summary: inside(summary, NOTE_LENGTH),
    url: `${config.appUrl}${sitePrefix(language)}/clusters/${encodeURIComponent(cluster.code)}`,
  };
}

function investorLinks({ messageId, purpose, language, lead, caseLink }: LetterFacts, config: Config) {
  const catalogue = `${config.appUrl}${sitePrefix(language) || '/'}`;
  const ownCase = lead && { case: caseLink ?? tokenLink(config.appUrl, messageId, 'case', config.secretKey) };
  if (purpose === 'service') return { catalogue, ...ownCase };
  const answer = tokenLink(config.appUrl, messageId, 'answer', config.secretKey);
  return {
    catalogue,
    ...ownCase,
    answer,
    interested: `${answer}?answer=interested`,
    callMe: `${answer}?answer=call_me`,
    visit: `${answer}?answer=visit`,
    notNow: `${answer}?answer=not_now`,
    preferences: tokenLink(config.appUrl, messageId, 'preferences', config.secretKey),
    optOut: tokenLink(config.appUrl, messageId, 'opt_out', config.secretKey),
  };
}

function officerLinks({ lead }: LetterFacts, config: Config) {
  return {
    ...(lead && { lead: `${config.appUrl}/app/leads/${lead.id}` }),
    reminders: `${config.appUrl}/app/reminders`,
  };
}

function taskValues(task: NonNullable<DraftFacts['task']>, language: Language, config: Config) {
  return {
    title: inside(language === 'vi' ? task.titleVi : task.titleEn),
    dueAt: moment(task.dueAt, language, config),
    daysLate: task.daysLate ?? null,
  };
}

function answerValues(answer: NonNullable<DraftFacts['answer']>, language: Language) {
  return {
    words: translate(language, `messaging:answer_${answer.answer}`),
    note: inside(answer.note, NOTE_LENGTH),
    until: answer.untilDay ? DateTime.fromISO(answer.untilDay).toFormat(DAY_FORMAT[language]) : null,
  };
}

/** Times of an agreed hour name their zone: the reader may be abroad. */
function meetingValues(
  { messageId, audience, language }: LetterFacts,
  meeting: NonNullable<DraftFacts['meeting']>,
  config: Config,
) {
  const page = tokenLink(config.appUrl, messageId, 'answer', config.secretKey);
  const offset = DateTime.fromJSDate(meeting.startsAt, { zone: config.timeZone }).toFormat('ZZ');
  return {
    kind: translate(language, `messaging:meeting_${meeting.kind}`),
    startsAt: `${moment(meeting.startsAt, language, config)} (${translate(language, 'messaging:meeting_zone', { offset })})`,
    endsAt: DateTime.fromJSDate(meeting.endsAt, { zone: config.timeZone }).toFormat('HH:mm'),
    place: outside(meeting.place),
    note: meeting.note ? oneLine(withoutAddresses(meeting.note), NOTE_LENGTH) : null,
    reason: inside(meeting.reason, NOTE_LENGTH),
    ...(audience === 'investor' && { link: `${page}/visit?lang=${language}`, calendar: `${page}/visit.ics` }),
  };
}

function requestValues(request: NonNullable<DraftFacts['request']>, language: Language, config: Config) {
  const day = (at: Date) =>
    DateTime.fromJSDate(at, { zone: config.timeZone }).setLocale('en').toFormat(DAY_FORMAT[language]);
  return {
    reference: request.reference,
    kind: translate(language, `messaging:data_request_${request.kind}`),
    receivedAt: day(request.receivedAt),
    dueAt: day(request.dueAt),
    reason: inside(request.reason, NOTE_LENGTH),
    link: `${tokenLink(config.appUrl, request.id, 'copy', config.secretKey)}?lang=${language}`,
  };
}

const DAY_FORMAT: Record<Language, string> = { vi: 'dd/MM/yyyy', en: 'd LLLL yyyy', zh: 'yyyy年M月d日' };

/** @example "09:00 ngày 24/11/2026" */
function moment(at: Date, language: Language, config: Config): string {
  const local = DateTime.fromJSDate(at, { zone: config.timeZone }).setLocale('en');
  const day = local.toFormat(DAY_FORMAT[language]);
  const time = local.toFormat('HH:mm');
  return { vi: `${time} ngày ${day}`, en: `${time} on ${day}`, zh: `${day} ${time}` }[language];
}

/** Made once: making one takes longer than writing the letter. */
const NUMBERS: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }),
  zh: new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 }),
};

/** Typed by the agency's own people. */
function inside(value: string | null | undefined, max = NAME_LENGTH): string | null {
  return value ? oneLine(value, max) : null;
}

/** Typed by anybody. */
function outside(value: string | null | undefined): string | null {
  return value ? oneLine(withoutAddresses(value), NAME_LENGTH) : null;
}
