import { isEmail } from 'class-validator';
import { toE164 } from '../../platform/http/fields.js';
import { ProblemError, type FieldFault } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';

/** A person as it arrives, by request, enquiry or file. */
export interface ContactInput {
  firmId: string;
  fullName: string;
  title?: string | null;
  email?: string | null;
  phone?: string | null;
  /** `vi` when left out. */
  language?: Language;
  /** A firm's first contact is primary by itself. */
  isPrimary?: boolean;
  /** Made up for the demo. */
  sample?: boolean;
}

const MOST_FAULTS = 100;

export function assertContacts(contacts: readonly ContactInput[], prefix: (index: number) => string): void {
  const faults = contacts.flatMap((contact, index) =>
    contactFaults(contact).map((fault) => ({ ...fault, path: `${prefix(index)}${fault.path}` })),
  );
  if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults.slice(0, MOST_FAULTS));
}

function contactFaults({ fullName, email, phone }: ContactInput): FieldFault[] {
  return [
    ...(fullName.trim() ? [] : [{ path: 'fullName', code: 'required' }]),
    ...(fullName.length > 200 ? [{ path: 'fullName', code: 'too_long', params: { limit: 200 } }] : []),
    ...(email && !isEmail(email.trim()) ? [{ path: 'email', code: 'invalid_email' }] : []),
    ...(phone && !toE164(phone) ? [{ path: 'phone', code: 'invalid_phone' }] : []),
  ];
}

/** As it is stored: E.164, small letters, no blanks around. */
export function normalContact(input: ContactInput) {
  return {
    firmId: input.firmId,
    fullName: input.fullName.trim(),
    title: input.title?.trim() || null,
    email: input.email?.trim().toLowerCase() || null,
    phone: input.phone ? toE164(input.phone) : null,
    language: input.language ?? ('vi' as const),
    sample: input.sample ?? false,
  };
}
