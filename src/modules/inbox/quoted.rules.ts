/** Lines after which only the letter that was answered stands. */
const QUOTE_BEGINS: readonly RegExp[] = [
  /^\s*(On|Am|Le) .{5,300}(wrote|schrieb|a écrit)\s*:\s*$/i,
  /^\s*(Vào|Lúc|Ngày) .{5,300}(đã viết|viết)\s*:\s*$/i,
  /^\s*At \d{4}-\d\d-\d\d.{5,300}wrote\s*:\s*$/i,
  /^\s*(在\s*)?.{0,300}(写道|寫道)\s*[:：]\s*$/,
  /^\s*-{2,}\s*(Original( Message)?|Forwarded message|Thư gốc|Tin nhắn gốc|Thông điệp gốc|Thư đã chuyển tiếp|原始邮件|原始郵件|回复的原邮件|转发邮件)\s*-{2,}\s*$/i,
  /^\s*_{20,}\s*$/,
];
const HEADER_BLOCK = /^\s*\*?(From|Từ|Người gửi|发件人|寄件者|寄件人)\s*\*?\s*[:：]/i;
const HEADER_BLOCK_GOES_ON =
  /^\s*\*?(Sent|Date|To|Subject|Đã gửi|Ngày|Thời gian|Đến|Tới|Chủ đề|发送时间|发送日期|日期|收件人|主题|寄件日期)\s*\*?\s*[:：]/i;
const SIGNATURE: readonly RegExp[] = [
  /^--\s*$/,
  /^\s*(Sent from my|Sent from Outlook|Get Outlook for|Được gửi từ|Gửi từ (iPhone|Yahoo|Samsung|điện thoại)|发自我的|從我的)/i,
];
/** Of a line that a mail program may have folded in two. */
const FOLDED = 2;

/**
 * What the writer wrote: the text without the letter that it answers and without a signature that is marked as one. The
 * whole text where nothing else would be left.
 */
export function ownWords(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((_line, index) => beginsQuote(lines, index));
  const kept = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line));
  const signature = kept.findIndex((line) => SIGNATURE.some((rule) => rule.test(line)));
  return (signature < 0 ? kept : kept.slice(0, signature)).join('\n').trim();
}

function beginsQuote(lines: readonly string[], index: number): boolean {
  const line = lines[index]!;
  if (line.length > 600) return false;
  const folded = lines
    .slice(index, index + FOLDED)
    .join(' ')
    .slice(0, 600);
  if (QUOTE_BEGINS.some((rule) => rule.test(line))) return true;
  if (/^\s*(On|Vào|Lúc|Ngày|At|在)/i.test(line) && QUOTE_BEGINS.some((rule) => rule.test(folded)))
    return true;
  if (!HEADER_BLOCK.test(line)) return false;
  return lines.slice(index + 1, index + 5).filter((next) => HEADER_BLOCK_GOES_ON.test(next)).length >= 2;
}
