import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { returnDay } from './auto-reply.rules.js';
import { readMail } from './incoming-mail.js';
import { meaningOf } from './mail-kind.rules.js';
import { asksToStop } from './opt-out-words.rules.js';
import { ownWords } from './quoted.rules.js';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../test/inbox/fixtures/${name}.eml`, import.meta.url));
const OURS = ['no-reply@agency.test'];
const read = async (name: string) => {
  const mail = await readMail(fixture(name));
  return { mail, meaning: meaningOf(mail, OURS, '2026-03-02') };
};

describe('a mail that comes in', () => {
  test.each([
    ['gmail-reply', 'reply'],
    ['outlook-reply', 'reply'],
    ['qq-reply', 'reply'],
    ['zimbra-reply', 'reply'],
    ['attachment-only', 'reply'],
    ['hostile-html', 'reply'],
    ['nested', 'reply'],
    ['out-of-office-vi', 'out_of_office'],
    ['out-of-office-en', 'out_of_office'],
    ['out-of-office-zh', 'out_of_office'],
    ['auto-reply', 'auto_reply'],
    ['postfix-dsn', 'bounce_hard'],
    ['exchange-ndr', 'bounce_hard'],
    ['gmail-bounce', 'bounce_hard'],
    ['qq-bounce', 'bounce_hard'],
    ['qmail-bounce', 'bounce_hard'],
    ['soft-bounce', 'bounce_soft'],
    ['read-receipt', 'read_receipt'],
    ['calendar-reply', 'calendar_reply'],
    ['unsubscribe-vi', 'unsubscribe_request'],
    ['unsubscribe-en', 'unsubscribe_request'],
    ['unsubscribe-zh', 'unsubscribe_request'],
  ])('%s is a %s', async (name, kind) => {
    expect((await read(name)).meaning.kind).toBe(kind);
  });

  test.each([
    ['postfix-dsn', 'smtp_550'],
    ['exchange-ndr', 'smtp_550'],
    ['gmail-bounce', 'smtp_550'],
    ['qq-bounce', 'smtp_550'],
    ['qmail-bounce', 'smtp_550'],
    ['soft-bounce', 'smtp_421'],
  ])('%s names the letter, whom it did not reach, and why: %s', async (name, code) => {
    const { bounce } = (await read(name)).meaning;
    expect(bounce).toMatchObject({ code, recipient: 'investor@firm.test' });
    expect(bounce!.originals).toEqual(name === 'qq-bounce' ? [] : ['<ORIGINAL-ID@agency.test>']);
  });

  test('is shown as its writer wrote it, without the letter that it answers', async () => {
    const { mail, meaning } = await read('gmail-reply');
    expect(mail.from).toEqual({ name: 'Vương Lệ', address: 'investor@firm.test' });
    expect(meaning.words).toMatch(/^Chào chị Lan,[^]*Vương Lệ$/);
    expect(mail.text).toContain('Kính gửi Quý công ty');
    expect((await read('outlook-reply')).meaning.words).toMatch(/Alex Morgan$/);
    expect((await read('qq-reply')).meaning.words).toMatch(/^黄女士[^]*王丽$/);
    expect((await read('zimbra-reply')).meaning.words).toMatch(/Trân trọng$/);
  });

  test('says when its writer is back, where it says so', async () => {
    expect((await read('out-of-office-vi')).meaning.returnOn).toBe('2026-03-09');
    expect((await read('out-of-office-en')).meaning.returnOn).toBe('2026-03-16');
    expect((await read('out-of-office-zh')).meaning.returnOn).toBe('2026-03-12');
    const on = (text: string) => returnDay(text, '2026-12-20');
    expect(on('I will return on January 5.')).toBe('2027-01-05');
    expect(on('Tôi nghỉ từ 20/12 đến hết ngày 31/12/2026.')).toBeNull();
    expect(on('I am back on 5 January 2027 or return on 7 January 2027.')).toBeNull();
    expect(on('quay lại làm việc ngày 99/99/2026')).toBeNull();
  });

  test('brings no script, no style and no hidden link with it', async () => {
    const { mail } = await read('hostile-html');
    expect(mail.text).toContain('We are interested in <two> hectares.');
    expect(mail.text).not.toMatch(/steal|spy\.test|color:red|javascript:/);
  });

  test('keeps a letter inside it apart, and names what hangs on it', async () => {
    const { mail } = await read('nested');
    expect(mail.text).toBe('Please see what my colleague wrote.');
    expect((await read('attachment-only')).mail.attachments.map(({ name }) => name)).toEqual([
      'profile.pdf',
      'invoice.pdf.exe',
    ]);
  });

  test('of ten thousand lines is read whole, and soon', async () => {
    const line = 'Một dòng của một bức thư dài, On Monday somebody wrote something\n';
    const source = Buffer.from(`From: a@b.test\r\nMessage-ID: <long@b.test>\r\n\r\n${line.repeat(10_000)}`);
    const begun = performance.now();
    const mail = await readMail(source);
    expect(mail.text.split('\n')).toHaveLength(10_000);
    expect(meaningOf(mail, OURS, '2026-03-02').kind).toBe('reply');
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  test('without an id of its own has always the same', async () => {
    const source = Buffer.from('From: a@b.test\r\n\r\nhello');
    expect((await readMail(source)).messageId).toBe((await readMail(source)).messageId);
  });
});

describe('the words of a reply', () => {
  test.each([
    ['OK\n\nOn Mon, 2 Mar 2026 at 09:00,\nLan <lan@agency.test> wrote:\n> x', 'OK'],
    ['好的\n\n在 2026-03-02 09:00:00，"Lan" <lan@agency.test> 写道：\n> x', '好的'],
    ['Đồng ý\n-- \nTrần Bình\n0912', 'Đồng ý'],
    ['Yes\n\nSent from my iPhone', 'Yes'],
    ['> only quoted', ''],
    ['On Monday we wrote: a long letter', 'On Monday we wrote: a long letter'],
  ])('of %j are %j', (text, words) => {
    expect(ownWords(text)).toBe(words);
  });

  test('ask for no more mail only when they say nothing else', () => {
    for (const said of [
      'UNSUBSCRIBE',
      'Xin vui lòng ngừng gửi thư ạ.',
      'Please remove me from your list',
      '请退订',
    ])
      expect([said, asksToStop(said, '')]).toEqual([said, true]);
    for (const said of [
      'How do I unsubscribe my colleague and register myself?',
      'Không cần hủy đăng ký, xin gửi thêm tài liệu',
      'We stop here for lunch',
      '',
    ])
      expect([said, asksToStop(said, 'Re: Thư mời')]).toEqual([said, false]);
    expect(asksToStop('', 'unsubscribe')).toBe(true);
  });
});
