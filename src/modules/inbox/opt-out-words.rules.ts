/** Said around it without changing what is meant. */
const POLITE =
  /(?<!\p{L})(please|pls|kindly|thanks?|thank you|hello|hi|dear|sir|madam|xin|vui lòng|làm ơn|đề nghị|cảm ơn|cám ơn|chào|anh|chị|bạn|quý cơ quan|giúp|giùm|với|ạ|nhé|me|us|this|the)(?!\p{L})|[请請谢谢謝您好]/giu;

const MEANT = new Set(
  [
    'unsubscribe',
    'unsubscribe from list',
    'stop',
    'stop sending mails',
    'stop sending emails',
    'stop emailing',
    'remove',
    'remove from list',
    'remove from your list',
    'remove from your mailing list',
    'opt out',
    'no more emails',
    'no more mails',
    'hủy đăng ký',
    'huỷ đăng ký',
    'tôi muốn hủy đăng ký',
    'tôi muốn huỷ đăng ký',
    'hủy đăng ký nhận thư',
    'huỷ đăng ký nhận thư',
    'hủy nhận thư',
    'huỷ nhận thư',
    'ngừng nhận thư',
    'dừng nhận thư',
    'ngừng gửi thư',
    'dừng gửi thư',
    'không nhận thư nữa',
    'tôi không muốn nhận thư nữa',
    'từ chối nhận thư',
    'đừng gửi thư nữa',
    'không gửi thư nữa',
    'đừng gửi nữa',
    '退订',
    '退訂',
    '取消订阅',
    '取消訂閱',
    '我要退订',
    '不要再发了',
    '不要再发',
    '不要再发邮件',
    '停止发送',
    'td',
  ].map(plainWords),
);

/** Beyond this nobody only says that they want no more mail. */
const LONGEST = 120;

/** Whether a reply says nothing but that no more mail is wanted. An empty one speaks by its subject. */
export function asksToStop(words: string, subject: string): boolean {
  const said = words.trim() || subject;
  return said.length <= LONGEST && MEANT.has(plainWords(said));
}

function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\s*(re|fwd?|tr|trả lời|回复|答复)\s*[:：]\s*/giu, '')
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(POLITE, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
