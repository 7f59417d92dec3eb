import { isEmail } from 'class-validator';
import { toE164 } from '../../platform/http/fields.js';
import { fold } from '../directory/search.rules.js';
import { normalTaxCode, taxCodeWarnings } from '../directory/tax-code.rules.js';

/** What a column of a pasted list may hold. */
export const COLUMNS = ['firmName', 'taxCode', 'contactName', 'title', 'phone', 'email', 'note'] as const;
export type Column = (typeof COLUMNS)[number];

/** As the API says it. */
export const COLUMN_CHOICES = [...COLUMNS, 'none'] as const;
export type ColumnChoice = (typeof COLUMN_CHOICES)[number];

/** Folded headings; the first words of a longer heading count, too. */
const HEADINGS: Readonly<Record<Column, RegExp>> = {
  taxCode:
    /^(ma so thue|ma so dn|ma so doanh nghiep|mst|tax (code|id|no|number)|taxcode|vat|enterprise code)/,
  email: /^(e-?mail|thu dien tu|hop thu|dia chi (e-?mail|thu dien tu))/,
  phone:
    /^(so )?(dien thoai|dt\b|di dong|sdt|phone|tel\b|telephone|mobile|hotline)|^(contact )?(phone|mobile)/,
  title: /^(chuc vu|chuc danh|position|title|job title|role)/,
  contactName:
    /^(ten )?(nguoi (lien he|dai dien|tham du)|ho (va )?ten|dai bieu|lien he$)|^(contact|full ?name|representative|attendee|participant)/,
  firmName:
    /^ten (doanh nghiep|dn|cong ty|don vi|to chuc|nha dau tu|co quan)|^(doanh nghiep|cong ty|don vi|to chuc|nha dau tu|co quan|ten)$|^(company|firm|organi[sz]ation|enterprise|investor|business)( name)?$|^name( of .*)?$/,
  note: /^(ghi chu|note|remark|comment|noi dung|nhu cau|yeu cau|quan tam|interest)/,
};
const NUMBERING = /^(stt|tt|so tt|so thu tu|no\.?|#|id)$/;

/** What each column is, if the line is one of headings. */
export function headerOf(cells: readonly string[]): (Column | null)[] | null {
  if (cells.some((cell) => kindOf(cell) === 'email' || kindOf(cell) === 'phone')) return null;
  const taken = new Set<Column>();
  let hits = 0;
  const columns = cells.map((cell): Column | null => {
    const heading = fold(cell)
      .replace(/[()*:_]/g, ' ')
      .trim();
    if (NUMBERING.test(heading)) hits += 1;
    if (heading.length > 40) return null;
    const found = (Object.keys(HEADINGS) as Column[]).find((name) => HEADINGS[name].test(heading));
    if (!found || (taken.has(found) && found !== 'note')) return null;
    taken.add(found);
    hits += 1;
    return found;
  });
  return hits > 1 || (hits === 1 && cells.filter(Boolean).length === 1) ? columns : null;
}

type Kind = 'empty' | 'email' | 'taxCode' | 'phone' | 'number' | 'firm' | 'title' | 'person' | 'text';

const LEGAL_FORM =
  /\b(cong ty (tnhh|co phan|cp|mtv)|cty|tnhh|ctcp|co phan|tap doan|tong cong ty|hop tac xa|htx|dntn|doanh nghiep tu nhan|co\.?,? ?ltd|ltd|jsc|corp|corporation|inc|llc|gmbh|holdings?|group|company|limited)\b|公司|集团/;
const POSITION =
  /\b(giam doc|tong gd|pho (giam doc|tong|phong)|truong (phong|ban|dai dien)|chu tich|chuyen vien|nhan vien|thu ky|tro ly|ke toan|director|manager|ceo|cfo|coo|chairman|president|chief|officer|head of|secretary|assistant|sales)\b|^(gd|tgd|pgd|tp)$/;
export const HONORIFIC = /^(ông|bà|mrs?\.?|ms\.?|dr\.?|mr\.)\s+/iu;

function kindOf(cell: string): Kind {
  if (cell === '') return 'empty';
  if (isEmail(cell)) return 'email';
  const code = normalTaxCode(cell);
  const dials = toE164(cell) !== null && /^[+\d\s().-]+$/.test(cell);
  if (code && (!dials || (code === cell && taxCodeWarnings(code).length === 0))) return 'taxCode';
  if (dials) return 'phone';
  if (/^[\d\s.,]+$/.test(cell)) return 'number';
  const plain = fold(cell);
  if (LEGAL_FORM.test(plain) || plain.startsWith('cong ty ')) return 'firm';
  if (POSITION.test(plain)) return 'title';
  if (
    HONORIFIC.test(cell) ||
    (/^\p{Lu}/u.test(cell) && /^[\p{L}.' -]{4,40}$/u.test(cell) && /^\S+( \S+){1,4}$/.test(cell))
  )
    return 'person';
  return 'text';
}

/** Each column is what most of its cells look like; the firm's name is there if any text is. */
export function columnsByContent(rows: readonly (readonly string[])[]): (Column | null)[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const shares = Array.from({ length: width }, (_, index) =>
    sharesOf(rows.map((row) => kindOf(row[index] ?? ''))),
  );
  const columns = shares.map((): Column | null => null);
  const free = (index: number) => columns[index] === null;
  const claim = (column: Column, kind: Kind, least: number) => {
    const best = shares
      .map((share, index) => ({ index, share: share.get(kind) ?? 0 }))
      .filter(({ index, share }) => free(index) && share >= least)
      .sort((a, b) => b.share - a.share || a.index - b.index)[0];
    if (best) columns[best.index] = column;
  };
  claim('email', 'email', 0.5);
  claim('taxCode', 'taxCode', 0.5);
  claim('phone', 'phone', 0.5);
  claim('firmName', 'firm', 0.3);
  claim('title', 'title', 0.4);
  const isText = (index: number) =>
    ['firm', 'person', 'title', 'text'].some((kind) => (shares[index]!.get(kind as Kind) ?? 0) >= 0.3);
  if (!columns.includes('firmName')) {
    const first = columns.findIndex((column, index) => column === null && isText(index));
    if (first >= 0) columns[first] = 'firmName';
  }
  claim('contactName', 'person', 0.5);
  return columns.map((column, index) => column ?? (isText(index) ? 'note' : null));
}

function sharesOf(kinds: readonly Kind[]): Map<Kind, number> {
  const filled = kinds.filter((kind) => kind !== 'empty');
  const shares = new Map<Kind, number>();
  for (const kind of filled) shares.set(kind, (shares.get(kind) ?? 0) + 1 / filled.length);
  return shares;
}
