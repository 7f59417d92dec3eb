import type { components } from '../../api/schema';

export type RecognisedLine = components['schemas']['RecognisedLine'];

/** A known firm's id, `new`, `skip`, or nothing yet. */
export type Decision = string;

/** What is certain is decided; a line that cannot be read is left out until the list is mended. */
export function firstDecision({ status, firm }: RecognisedLine): Decision {
  if (status === 'matched') return firm?.id ?? '';
  if (status === 'new') return 'new';
  return status === 'invalid' ? 'skip' : '';
}

export function itemOf(line: RecognisedLine, decision: Decision): components['schemas']['BulkItem'] {
  const { firmName, taxCode, contactName, title, phone, email, note } = line.fields;
  const person = contactName ? { fullName: contactName, title, email, phone } : null;
  const reach = person ? {} : { email, phone };
  const isKnownPerson = line.contact !== null && line.firm?.id === decision;
  return {
    ...(decision === 'new' ? { firm: { name: firmName ?? '', taxCode, ...reach } } : { firmId: decision }),
    ...(isKnownPerson ? { contactId: line.contact!.id } : { contact: person }),
    note,
  };
}
