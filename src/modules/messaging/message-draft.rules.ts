import type { MailInvitation } from '../../platform/mail/mailer.js';
import type { Answer } from './message.entity.js';

/** An agreed visit, meeting or call. */
export interface MeetingFacts {
  kind: 'site_visit' | 'meeting' | 'call';
  startsAt: Date;
  endsAt: Date;
  /** Null: not said. */
  place: string | null;
  /** In the investor's words. */
  note?: string | null;
  /** Why it does not take place. */
  reason?: string | null;
}

/** What a mail may tell beside what stands in the tables of firms, leads, clusters and users. */
export interface DraftFacts {
  round?: { name: string };
  event?: { name: string; place?: string | null; startsAt: Date };
  task?: { titleVi: string; titleEn: string; dueAt: Date; daysLate?: number };
  answer?: { answer: Answer; note?: string | null; untilDay?: string | null };
  previousOwner?: { name: string };
  /** A mail that came in. */
  mail?: { from: string; subject: string; text: string };
  /** A difficulty that was settled. */
  obstacle?: { title: string; answer: string };
  /** The address behind `links.case`, in place of the message's own. */
  caseLink?: string;
  meeting?: MeetingFacts;
  /** What a person asked about the own data; `id` is that of the request. */
  request?: {
    id: string;
    reference: string;
    kind: 'withdraw' | 'restrict' | 'view' | 'correct' | 'copy' | 'erase';
    receivedAt: Date;
    dueAt: Date;
    reason?: string | null;
  };
  /** The number to quote, in place of the lead's own. */
  reference?: string;
}

/** A mail that should exist. Who it goes to decides language and address at the time it is made. */
export interface MessageDraft {
  /** Whatever is asked for twice under one key is made once. @example "reminder:<id>" */
  dedupeKey: string;
  /** One of the two. */
  templateId?: string;
  templateCode?: string;
  /** The recipient of an investor's template; in an officer's, the person it is about. */
  contactId?: string;
  /** The recipient of an officer's template. */
  userId?: string;
  leadId?: string;
  /** In whose name it is written and who gets the reply; by default the lead's owner. */
  officerId?: string;
  reminderId?: string;
  roundId?: string;
  /** By default the lead's clusters. */
  clusterIds?: string[];
  /** Not before this time, and for promotion mail within working hours. */
  notBefore?: Date;
  facts?: DraftFacts;
  /** What calendars read of it; kept with the message, so that sending again sends the same. */
  invitation?: MailInvitation;
}
