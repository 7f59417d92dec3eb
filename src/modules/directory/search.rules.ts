/** As the database's `fold()` does: small letters without marks, đ as d. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** A pattern in which the text means itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

const MOST_WORDS = 8;

/**
 * What the column `search` must be like to match: every word of the query begins a word of it. The blank before
 * the word makes even two letters usable by the trigram index.
 */
export function wordPatterns(query: string): string[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return words.slice(0, MOST_WORDS).map((word) => `% ${escapeLike(word)}%`);
}

/**
 * Digits as they stand in a stored number: a telephone number without its leading zero or country code's plus, a
 * tax code as it is written. Null when the query is no number of at least four digits.
 */
export function numberPattern(query: string): string | null {
  const text = query.trim();
  if (!/^\+?[\d\s().-]+$/.test(text)) return null;
  if (/^\d{10}-\d{1,3}$/.test(text)) return `%${text}%`;
  const digits = text.replace(/\D/g, '').replace(/^0/, '');
  return digits.length >= 4 ? `%${digits}%` : null;
}

/** Legal forms and lines of business: they tell no firm from another. */
const COMMON_PHRASES = new RegExp(
  ` (?:${['cong ty', 'trach nhiem huu han', 'co phan', 'mot thanh vien', 'hai thanh vien', 'doanh nghiep tu nhan', 'ho kinh doanh', 'thuong mai', 'dich vu', 'san xuat', 'dau tu', 'phat trien', 'xay dung', 'xuat nhap khau', 'tap doan', 'tong cong ty', 'chi nhanh', 'viet nam', 'va', 'cty', 'tnhh', 'ctcp', 'cp', 'mtv', 'tm', 'dv', 'sx', 'xd', 'xnk', 'dntn', 'vn', 'joint stock', 'company', 'co', 'ltd', 'limited', 'jsc', 'corp', 'corporation', 'group', 'inc', 'llc', 'holdings?', 'the', 'and', 'of', 'vietnam'].join('|')})(?= )`,
  'g',
);

/** The words that tell this firm's name from others, folded; all of them when none does. */
export function tellingWords(name: string): string[] {
  const words = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 20);
  const telling = ` ${words.join(' ')} `.replace(COMMON_PHRASES, '').trim();
  return telling === '' ? words : telling.split(' ');
}

const MOST_PATTERNS = 5;

/** Where firms of a near name are looked for: pairs of telling words, then the longest single ones. */
export function nearNamePatterns(name: string): string[] {
  const words = tellingWords(name);
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  const singles = words
    .filter((word) => word.length >= 3 || words.length === 1)
    .sort((a, b) => b.length - a.length);
  const starts = singles.filter((word) => word.length >= 6).map((word) => word.slice(0, 4));
  return [...new Set([...pairs, ...singles, ...starts])]
    .slice(0, MOST_PATTERNS)
    .map((text) => `% ${escapeLike(text)}%`);
}

const PUBLIC_MAIL = new Set([
  'gmail.com',
  'googlemail.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'zoho.com',
  'mail.com',
  'gmx.com',
  'yahoo.com',
  'yahoo.com.vn',
  'ymail.com',
  'outlook.com',
  'outlook.com.vn',
  'hotmail.com',
  'live.com',
  'msn.com',
  'qq.com',
  'foxmail.com',
  '163.com',
  '126.com',
  'yeah.net',
  'sina.com',
  'sina.cn',
  'sohu.com',
  '139.com',
  '189.cn',
  'aliyun.com',
  'naver.com',
  'daum.net',
  'hanmail.net',
  'vnn.vn',
  'fpt.vn',
  'hn.vnn.vn',
  'hcm.vnn.vn',
  'yandex.com',
  'mail.ru',
]);

/** The domain of a firm's own address; null for a provider that anybody can use. */
export function firmDomain(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domain === '' || PUBLIC_MAIL.has(domain) ? null : domain;
}
