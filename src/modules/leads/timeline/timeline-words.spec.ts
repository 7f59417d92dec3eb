import { describe, expect, test } from '@jest/globals';
import { timelineWords } from './timeline-words.js';

const bounced = (reason: string, language: 'vi' | 'en' = 'vi') =>
  timelineWords(
    language,
    { kind: 'mail_bounced', data: { subject: 'Thư mời', to: 'Vương Lệ', reason } },
    new Map(),
  );

describe('the timeline', () => {
  test.each([
    ['smtp_550', 'địa chỉ không tồn tại hoặc không nhận thư'],
    ['smtp_571', 'máy chủ thư của người nhận từ chối'],
    ['smtp_421', 'máy chủ thư của người nhận tạm thời không nhận thư'],
    ['smtp_etimedout', 'không kết nối được với máy chủ thư'],
    ['opted_out', 'người nhận đã ngừng nhận thư'],
    ['mailer_error', 'chưa rõ nguyên nhân'],
    ['other', 'chưa rõ nguyên nhân'],
  ])('says %s in words', (code, words) => {
    expect(bounced(code)).toBe(`Thư “Thư mời” tới Vương Lệ bị trả lại: ${words}`);
  });

  test('says it in English', () => {
    expect(bounced('smtp_552', 'en')).toBe(
      '“Thư mời” to Vương Lệ bounced: the mailbox is full or the mail too large',
    );
  });

  test('writes a day as it is written here', () => {
    const entry = { kind: 'put_to_sleep', data: { to: 'dormant', wakeOn: '2027-03-02' } };
    expect(timelineWords('vi', entry, new Map())).toBe('Tạm dừng đến 02/03/2027');
  });
});
