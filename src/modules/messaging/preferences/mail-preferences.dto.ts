import type { Language } from '../../../platform/i18n/i18n.js';
import type { MailFrequency } from './mail-preference.entity.js';
import type { MailTopic } from '../templates/template.entity.js';

export class MailPreferencesShown {
  /** Of promotion mail; at least one. */
  topics: MailTopic[];
  /** Of every mail to the mailbox. */
  language: Language;
  /** `weekly`, `monthly`: at most one promotion mail in 7, in 30 days. */
  frequency: MailFrequency;
  /** UTC. */
  chosenAt: string;
  /** The person who chose; several may share the mailbox. */
  chosenBy: string;
}

export class MailPreferencesAnswer {
  /** What the reader of the contact's mailbox chose by a link in a mail; null: nothing yet. Staff cannot change it. */
  chosen: MailPreferencesShown | null;
}
