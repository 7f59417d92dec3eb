const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** What is worth a second look at a tax code that has the right form. */
export type TaxCodeWarning = 'tax_code_check_digit' | 'tax_code_check_digit_unsure' | 'tax_code_personal';

/** 10 digits, 10-3 (also without the hyphen), or a household's 12; blanks are dropped. Null when it is none. */
export function normalTaxCode(text: string): string | null {
  const plain = text.replace(/\s/g, '');
  if (/^\d{10}(-\d{3})?$|^\d{12}$/.test(plain)) return plain;
  return /^\d{13}$/.test(plain) ? `${plain.slice(0, 10)}-${plain.slice(10)}` : null;
}

/** The 10 digits that a firm shares with its branches; null for a household. */
export function taxCodeBase(taxCode: string): string | null {
  return isPersonalTaxCode(taxCode) ? null : taxCode.slice(0, 10);
}

/** A household's number is a person's identity number: personal data. */
export function isPersonalTaxCode(taxCode: string): boolean {
  return taxCode.length === 12;
}

/**
 * The tenth digit is 10 − (the first nine by their weights, mod 11). Where that gives 10 authorities differ, and
 * real codes are known to break the rule: it warns, and never blocks.
 */
export function taxCodeWarnings(taxCode: string): TaxCodeWarning[] {
  if (isPersonalTaxCode(taxCode)) return ['tax_code_personal'];
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(taxCode[index]), 0);
  const expected = 10 - (sum % 11);
  if (expected === 10) return ['tax_code_check_digit_unsure'];
  return expected === Number(taxCode[9]) ? [] : ['tax_code_check_digit'];
}
