import type { IncomingMail } from './incoming-mail.js';

export interface Bounce {
  /** `delivered`: a report that it did arrive, which is no bounce. */
  what: 'hard' | 'soft' | 'delivered';
  /** As the delivery itself would have named it. @example "smtp_550" */
  code: string;
  /** Whom it did not reach; null where the report does not say. */
  recipient: string | null;
  /** Message-IDs of what may be the letter. */
  originals: string[];
}

const POSTMAN = /^(mailer-daemon|postmaster|mail-daemon|mailerdaemon|bounce[^@]*)@/i;
const SUBJECT =
  /(undeliver(ed|able)|delivery (status notification|has failed|failure|failed)|mail delivery (failed|system|subsystem)|returned (mail|to sender)|failure notice|message not delivered|could not be delivered|delivery delayed|系统退信|退信|投递失败|無法投遞|无法投递|không (thể )?gửi được|thư (bị )?trả lại|gửi thư thất bại)/iu;
const NO_SUCH =
  /(does ?n[o']t exist|no such (user|mailbox|recipient)|user unknown|unknown user|address (not found|rejected)|account .{0,40}(disabled|not found)|mailbox (unavailable|not found|disabled)|recipient (not found|rejected)|wasn't found|couldn't be found|不存在|无此用户|找不到|địa chỉ .{0,40}không tồn tại|không tìm thấy (địa chỉ|người nhận))/iu;
const LATER =
  /(will (retry|be retried|keep trying)|delivery (is )?delayed|temporar|has been delayed|warning message only|thử gửi lại|tạm thời|稍后|延迟)/iu;
const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/;
const SMTP = /(?<![\d.])([45]\d\d)(?=[ -])/;
const ADDRESS = /[^\s<>"'(),:;[\]]+@[a-z0-9.-]+\.[a-z]{2,}/gi;
const ID = /<[^<>\s]{3,900}@[^<>\s]{1,255}>/g;

/** What a report of a mail server says (RFC 3464, and what several large providers write instead); null for other mail. */
export function bounceOf(mail: IncomingMail, ours: readonly string[]): Bounce | null {
  const originals = originalsOf(mail);
  if (mail.deliveryStatus !== null) {
    const { what, code, recipient } = fromReport(mail.deliveryStatus, mail.text);
    return { what, code, recipient, originals };
  }
  const fromPostman =
    POSTMAN.test(mail.from.address) || /^<\s*>$/.test(mail.headers.get('return-path') ?? '');
  const named = mail.headers.has('x-failed-recipients');
  if (!named && !(fromPostman && SUBJECT.test(mail.subject))) return null;
  const words = `${mail.subject}\n${mail.text}`;
  const soft = LATER.test(words) && !NO_SUCH.test(words);
  const status = ENHANCED.exec(words)?.[0] ?? SMTP.exec(words)?.[1] ?? null;
  const hard = !soft && (status ? status.startsWith('5') : named || NO_SUCH.test(words));
  const recipient = mail.headers.get('x-failed-recipients') ?? addressIn(mail.text, ours);
  return {
    what: hard ? 'hard' : 'soft',
    code: codeOf(status, SMTP.exec(words)?.[1], hard),
    recipient: recipient?.toLowerCase() ?? null,
    originals,
  };
}

/** A report on several recipients is read by its worst line: our letters have one. */
function fromReport(report: string, text: string): Pick<Bounce, 'what' | 'code' | 'recipient'> {
  const groups = report
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/);
  const lines = groups.flatMap((group) => {
    const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(group)?.[1]?.trim();
    const action = field('Action')?.toLowerCase();
    const status = ENHANCED.exec(field('Status') ?? '')?.[0] ?? null;
    if (!action && !status) return [];
    const recipient = field('Original-Recipient') ?? field('Final-Recipient') ?? '';
    return [{ action, status, recipient, diagnostic: field('Diagnostic-Code') ?? '' }];
  });
  const isFailure = ({ action, status }: (typeof lines)[number]) =>
    action === 'failed' && !status?.startsWith('4');
  const worst = lines.find(isFailure) ?? lines.find(({ action }) => action !== 'delivered') ?? lines[0];
  const recipient = worst?.recipient.match(ADDRESS)?.[0]?.toLowerCase() ?? null;
  if (!worst) return { what: 'soft', code: 'smtp_451', recipient };
  if (['delivered', 'relayed', 'expanded'].includes(worst.action ?? ''))
    return { what: 'delivered', code: 'smtp_250', recipient };
  const hard = isFailure(worst);
  return {
    what: hard ? 'hard' : 'soft',
    code: codeOf(worst.status, SMTP.exec(worst.diagnostic)?.[1] ?? SMTP.exec(text)?.[1], hard),
    recipient,
  };
}

/** In the words of the delivery: by the server's own number, else by the kind of the status (RFC 3463). */
function codeOf(status: string | null, smtp: string | undefined, hard: boolean): string {
  if (smtp && smtp.startsWith(hard ? '5' : '4')) return `smtp_${smtp}`;
  const [, subject, detail] = /^[45]\.(\d+)\.(\d+)$/.exec(status ?? '') ?? [];
  if (!hard) return 'smtp_451';
  if (subject === '2' && detail === '2') return 'smtp_552';
  return subject === '1' || subject === undefined ? 'smtp_550' : 'smtp_554';
}

function originalsOf({ originalHeaders, references, headers, text }: IncomingMail): string[] {
  const field = /^(?:x-)?(?:original-)?message-id\s*:\s*(<[^<>\s]+>)/gim;
  const own = headers.get('message-id');
  const ids = [
    ...[...(originalHeaders ?? '').slice(0, 100_000).matchAll(field)].map(([, id]) => id!),
    ...(headers.get('x-original-message-id')?.match(ID) ?? []),
    ...references,
    ...[...text.slice(0, 100_000).matchAll(field)].map(([, id]) => id!),
  ];
  return [...new Set(ids)].filter((id) => id !== own).slice(0, 50);
}

function addressIn(text: string, ours: readonly string[]): string | null {
  const found = (text.match(ADDRESS) ?? []).map((address) => address.toLowerCase().replace(/\.$/, ''));
  return found.find((address) => !ours.includes(address) && !POSTMAN.test(address)) ?? null;
}
