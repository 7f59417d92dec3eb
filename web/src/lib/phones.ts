import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A Vietnamese number as it is dialled here, any other with its country; what is no number stays as it is. */
export function formatPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164, 'VN');
  if (!number) return e164;
  return number.countryCallingCode === '84' ? number.formatNational() : number.formatInternational();
}

/** Is what has been typed a whole telephone number? National numbers are read as Vietnamese. */
export const isWholePhone = (typed: string): boolean =>
  parsePhoneNumberFromString(typed, 'VN')?.isValid() ?? false;
