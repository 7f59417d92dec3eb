import type { Language } from '../../../platform/i18n/i18n.js';
import { NamedRef } from '../../../platform/http/fields.js';

export class AskedCluster {
  code: string;
  /** Null where it is no longer there. */
  id: string | null;
  name: string;
}

/** A question that came in about a lead, as it came. */
export class LeadEnquiry {
  id: string;
  /** As its sender knows it. @example "YC-2026-000123" */
  reference: string;
  receivedAt: string;
  /** `page`: the form of the public site. `program`: the interface for programs. */
  via: 'page' | 'program';
  language: Language;
  /** Null for those from before it was asked. */
  kind: 'infrastructure' | 'secondary' | null;
  /** Empty where the person was erased. */
  message: string;
  erased: boolean;
  contact: NamedRef | null;
  clusters: AskedCluster[];
  /** Whether the box for news by mail was ticked; what holds now is in the contact's ledger of consent. */
  promotionMail: boolean;
  /** By when somebody should have reacted. */
  acknowledgeBy: string;
  /** When the confirmation went out, or an officer reacted; null: not yet. */
  acknowledgedAt: string | null;
  /** By when it should have been answered in substance. */
  answerBy: string;
  /** The first contact of an officer with the firm after it; null: not yet. */
  answeredAt: string | null;
}

export class LeadEnquiries {
  items: LeadEnquiry[];
}
