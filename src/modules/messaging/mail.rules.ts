import type { MailPurpose } from './templates/template.entity.js';

/** Decree 91/2020: no more than three advertising mails a day to one address. */
export const PROMOTION_MAILS_A_DAY = 3;

export type Refusal =
  | 'no_consent'
  | 'opted_out'
  | 'restricted'
  | 'topic_refused'
  | 'too_frequent'
  | 'bounced_address'
  | 'no_address'
  | 'recipient_inactive';

export interface RecipientState {
  address: string | null;
  /** True for a contact whose address bounced, an erased contact, a deactivated user. */
  bounced: boolean;
  active: boolean;
  /** The person asked that the data not be used: only mails about that request go out. */
  restricted: boolean;
  /** Current consent to promotion mail; not asked for service mail. */
  consent: 'given' | 'withdrawn' | 'none';
  /** The reader chose not to get promotion mail of this topic. */
  topicRefused: boolean;
}

/** Why nothing may be sent to this person now; null when it may. Asked when a message is made, and again when it goes out. */
export function refusal(purpose: MailPurpose, state: RecipientState): Refusal | null {
  if (!state.active) return 'recipient_inactive';
  if (state.address === null) return 'no_address';
  if (state.restricted) return 'restricted';
  if (state.bounced) return 'bounced_address';
  if (purpose === 'service') return null;
  if (state.consent === 'given') return state.topicRefused ? 'topic_refused' : null;
  return state.consent === 'withdrawn' ? 'opted_out' : 'no_consent';
}

/** Mails about what a person asked about the own data; they go out even where nothing else may. */
export const DATA_REQUEST_TEMPLATES = 'data-request-';

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
