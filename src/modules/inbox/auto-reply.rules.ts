import { DateTime } from 'luxon';
import type { IncomingMail } from './incoming-mail.js';
import { ownWords } from './quoted.rules.js';

export type AutomaticKind = 'auto_reply' | 'out_of_office';

/** Subjects that programs write. */
const SUBJECT =
  /^\s*(re\s*[:：]\s*)?\[?(automatic reply|auto(matic)?[ -]?(reply|response|responder)|autoreply|out of (the )?office|ooo|trả lời tự động|tự động trả lời|thư trả lời tự động|phản hồi tự động|vắng mặt|自动回复|自動回覆|自動回復|自动答复|休假自动回复)\]?\s*([:：\-–(]|$)/iu;
/** First words of a letter that say of themselves that a program wrote them. */
const SAYS_SO =
  /(this is an? auto(mat(ic|ed))?[ -]?(generated )?(reply|response|e-?mail|message)|đây là (thư|email|tin nhắn|thông báo) (trả lời |phản hồi )?tự động|thư (trả lời|phản hồi) tự động|这是.{0,20}自动(回复|答复)|這是.{0,20}自動(回覆|回復)|此为自动回复|本邮件为自动回复)/iu;
const AWAY =
  /(out of (the )?office|on (annual |maternity |sick )?leave|on vacation|on holiday|away from (my|the) (desk|office)|away until|nghỉ phép|nghỉ lễ|nghỉ tết|nghỉ thai sản|nghỉ ốm|vắng mặt|đi công tác|đang công tác|không có mặt tại (văn phòng|cơ quan)|休假|外出|出差|不在办公室|不在辦公室|放假|年假)/iu;
const PRECEDENCE = /^(bulk|junk|auto_reply|list)$/i;
const MACHINES = /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)@/i;
const FIRST_WORDS = 300;

/**
 * Whether a program wrote it, by its headers (RFC 3834 and older habits), its subject or what it says of itself. A
 * person who mentions a business trip is a person.
 */
export function automaticKind(mail: IncomingMail): AutomaticKind | null {
  const words = ownWords(mail.text) || mail.text;
  const first = words.slice(0, FIRST_WORDS);
  if (!byHeaders(mail) && !SUBJECT.test(mail.subject) && !SAYS_SO.test(first)) return null;
  return AWAY.test(`${mail.subject}\n${words.slice(0, 4_000)}`) ? 'out_of_office' : 'auto_reply';
}

function byHeaders({ headers, from }: IncomingMail): boolean {
  const submitted = headers.get('auto-submitted')?.toLowerCase();
  if (submitted && !submitted.startsWith('no')) return true;
  if (
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-qq-auto-reply'].some((name) => headers.has(name))
  )
    return !/^no$/i.test(headers.get('x-autoreply') ?? '');
  if (PRECEDENCE.test(headers.get('precedence') ?? '')) return true;
  if (/^<\s*>$/.test(headers.get('return-path') ?? '')) return true;
  return MACHINES.test(from.address);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const BACK_EN =
  '(?:return(?:ing)?|(?:be )?back)(?: to (?:the )?(?:office|work)| in (?:the )?office| at work)?(?: on)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? *(?:the )?';
const BACK_VI =
  '(?:trở lại|quay lại|đi làm lại|có mặt)(?: (?:làm việc|văn phòng|cơ quan|công ty|tại văn phòng))*(?: vào| từ)?(?: (?:thứ [^\\s,]+|chủ nhật))?,?(?: ngày)? *';

/** Each finds a day as [day, month, year?] in this order of its named groups. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(`${BACK_EN}(?<d>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<m>[a-z]{3,9})\\.?,? ?(?<y>\\d{4})?`, 'giu'),
  new RegExp(`${BACK_EN}(?<m>[a-z]{3,9})\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (?<y>\\d{4}))?`, 'giu'),
  new RegExp(`${BACK_EN}(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})`, 'giu'),
  new RegExp(`${BACK_VI}(?<d>\\d{1,2})[/.-](?<m>\\d{1,2})(?:[/.-](?<y>\\d{4}))?(?!\\d)`, 'giu'),
  new RegExp(`${BACK_VI}(?<d>\\d{1,2}) tháng (?<m>\\d{1,2})(?: năm (?<y>\\d{4}))?`, 'giu'),
  /(?:(?<y>\d{4})\s*年)?\s*(?<m>\d{1,2})\s*月\s*(?<d>\d{1,2})\s*[日号]\s*(?:起)?\s*(?:返回|回来|回到|回公司|上班|恢复|返岗|返工)/giu,
];
/** Farther than this it is more likely another date. */
const FARTHEST_DAYS = 200;

/** The local day on which the writer says to be back, `YYYY-MM-DD`; null when none, or more than one, is stated. */
export function returnDay(text: string, receivedOn: string): string | null {
  const found = new Set<string>();
  for (const pattern of PATTERNS)
    for (const { groups } of text.slice(0, 4_000).matchAll(pattern)) {
      const day = dayOf(groups!, receivedOn);
      if (day) found.add(day);
    }
  return found.size === 1 ? [...found][0]! : null;
}

function dayOf({ d, m, y }: Record<string, string | undefined>, receivedOn: string): string | null {
  const month = /^\d+$/.test(m!) ? Number(m) : MONTHS.indexOf(m!.slice(0, 3).toLowerCase()) + 1;
  const received = DateTime.fromISO(receivedOn);
  const years = y ? [Number(y)] : [received.year, received.year + 1];
  for (const year of years) {
    const day = DateTime.fromObject({ year, month, day: Number(d) });
    const after = day.diff(received, 'days').days;
    if (month > 0 && day.isValid && after >= 0 && after <= FARTHEST_DAYS) return day.toISODate();
  }
  return null;
}
