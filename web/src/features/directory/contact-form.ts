import i18n from 'i18next';
import type { components } from '../../api/schema';
import type { Difference } from '../../components/conflict';
import { formatPhone } from '../../lib/phones';
import type { Contact } from './directory-queries';

export type ContactBody = components['schemas']['ChangeContact'];

export type ContactValues = {
  version: number;
  fullName: string;
  title: string;
  email: string;
  phone: string;
  language: Contact['language'];
  isPrimary: boolean;
};

export const contactValues = (contact: Contact | null): ContactValues => ({
  version: contact?.version ?? 0,
  fullName: contact?.fullName ?? '',
  title: contact?.title ?? '',
  email: contact?.email ?? '',
  phone: contact?.phone ? formatPhone(contact.phone) : '',
  language: contact?.language ?? 'vi',
  isPrimary: contact?.isPrimary ?? false,
});

export const contactBody = (values: ContactValues): ContactBody & { fullName: string } => ({
  fullName: values.fullName.trim(),
  title: values.title.trim() || null,
  email: values.email.trim() || null,
  phone: values.phone.trim() || null,
  language: values.language,
  isPrimary: values.isPrimary,
});

function shown(field: string, value: unknown): string {
  if (field === 'language') return i18n.t(`language.${String(value)}`, { ns: 'firms' });
  if (field === 'isPrimary') return i18n.t(value ? 'yes' : 'no', { ns: 'firms' });
  if (!value) return i18n.t('unknown');
  return field === 'phone' ? formatPhone(String(value)) : String(value);
}

/** Where a change and what is saved now are not the same, in words. */
export function contactDifferences(mine: ContactBody, theirs: Contact): Difference[] {
  return Object.entries(mine)
    .map(([field, value]) => ({
      field: i18n.t(`contact.${field}`, { ns: 'firms' }),
      mine: shown(field, value),
      theirs: shown(field, theirs[field as keyof Contact]),
    }))
    .filter(({ mine: one, theirs: other }) => one !== other);
}
