import { describe, expect, it } from '@jest/globals';
import {
  escapeLike,
  firmDomain,
  fold,
  nearNamePatterns,
  numberPattern,
  tellingWords,
  wordPatterns,
} from './search.rules.js';

describe('search', () => {
  it('ignores accents and case, and reads đ as d', () => {
    expect(fold('CÔNG TY Đông Á Hà Nam')).toBe('cong ty dong a ha nam');
    expect(fold('Đông Á'.normalize('NFD'))).toBe('dong a');
  });

  it('wants every word at the beginning of a word', () => {
    expect(wordPatterns('  Hà  nam ')).toEqual(['% ha%', '% nam%']);
    expect(wordPatterns('')).toEqual([]);
    expect(wordPatterns('a b c d e f g h i j')).toHaveLength(8);
  });

  it('takes wildcards as letters', () => {
    expect(wordPatterns('100%_\\')).toEqual(['% 100\\%\\_\\\\%']);
    expect(escapeLike('a_b')).toBe('a\\_b');
  });

  it('finds numbers however they are written', () => {
    expect(numberPattern('0912 345 678')).toBe('%912345678%');
    expect(numberPattern('+84 912.345.678')).toBe('%84912345678%');
    expect(numberPattern('0100109106-001')).toBe('%0100109106-001%');
    expect(numberPattern('123')).toBeNull();
    expect(numberPattern('Lô 12')).toBeNull();
  });
});

describe('what tells firms apart', () => {
  it('is not their legal form', () => {
    expect(tellingWords('Công ty TNHH Thương mại Hoàng Gia Lạng Sơn')).toEqual([
      'hoang',
      'gia',
      'lang',
      'son',
    ]);
    expect(tellingWords('Sao Mai Co., Ltd')).toEqual(['sao', 'mai']);
    expect(tellingWords('Công ty TNHH Thương mại Sao Mai')).toEqual(['sao', 'mai']);
    expect(tellingWords('Công ty Cổ phần')).toEqual(['cong', 'ty', 'co', 'phan']);
  });

  it('looks first where words stand together', () => {
    expect(nearNamePatterns('Công ty Hoàng Gia')).toEqual(['% hoang gia%', '% hoang%', '% gia%']);
    expect(nearNamePatterns('A')).toEqual(['% a%']);
    expect(nearNamePatterns('')).toEqual([]);
  });

  it('is an address of their own, not of a public provider', () => {
    expect(firmDomain('lan@HoangGia.vn')).toBe('hoanggia.vn');
    expect(firmDomain('lan@gmail.com')).toBeNull();
  });
});
