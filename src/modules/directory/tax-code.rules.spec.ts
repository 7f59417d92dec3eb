import { describe, expect, it } from '@jest/globals';
import { isPersonalTaxCode, normalTaxCode, taxCodeBase, taxCodeWarnings } from './tax-code.rules.js';

describe('tax code', () => {
  it.each([
    ['0100109106', '0100109106'],
    [' 0100 109 106 ', '0100109106'],
    ['0100109106-001', '0100109106-001'],
    ['0100109106001', '0100109106-001'],
    ['001085012345', '001085012345'],
  ])('reads %s', (text, code) => expect(normalTaxCode(text)).toBe(code));

  it.each([
    '',
    '010010910',
    '01001091067',
    'MST0100109106',
    '01001O9106',
    '0100109106-01',
    '0100109106-ABC',
    '٠١٠٠١٠٩١٠٦',
  ])('refuses %p', (text) => expect(normalTaxCode(text)).toBeNull());

  it('shares its first ten digits with its branches; a household has none', () => {
    expect(taxCodeBase('0100109106-001')).toBe('0100109106');
    expect(taxCodeBase('001085012345')).toBeNull();
  });

  it('warns of a wrong check digit', () => {
    expect(taxCodeWarnings('0100109106')).toEqual([]);
    expect(taxCodeWarnings('0100109106-012')).toEqual([]);
    expect(taxCodeWarnings('0100109107')).toEqual(['tax_code_check_digit']);
  });

  it('says when authorities differ on the check digit', () => {
    // 31·0 + … + 5·1 + 3·2 = 11: the rule gives 10, which is no digit
    expect(taxCodeWarnings('0000000120')).toEqual(['tax_code_check_digit_unsure']);
  });

  it('flags a person', () => {
    expect(isPersonalTaxCode('001085012345')).toBe(true);
    expect(taxCodeWarnings('001085012345')).toEqual(['tax_code_personal']);
  });
});
