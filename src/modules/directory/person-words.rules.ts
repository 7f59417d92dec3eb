import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Contact } from './contact.entity.js';

const SHORTEST = 2;

/** How texts may name a person: name with and without accents, e-mail, telephone as people write it; longest first. */
export function wordsOf({ fullName, email, phone }: Pick<Contact, 'fullName' | 'email' | 'phone'>): string[] {
  const bare = fullName.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const words = [
    fullName,
    fullName.normalize('NFC'),
    fullName.normalize('NFD'),
    bare,
    email ?? '',
    ...numbersOf(phone),
  ].map((word) => word.trim());
  return [...new Set(words)].filter((word) => word.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** @example "+84912345678", "+84 912 345 678", "0912 345 678", "0912345678", "0912.345.678" */
function numbersOf(phone: string | null): string[] {
  if (phone === null) return [];
  const number = parsePhoneNumberFromString(phone);
  if (!number) return [phone];
  const national = number.formatNational();
  const bare = national.replace(/\D/g, '');
  return [
    phone,
    phone.slice(1),
    number.formatInternational(),
    national,
    bare,
    national.replace(/\s+/g, '.'),
    national.replace(/\s+/g, '-'),
  ];
}
