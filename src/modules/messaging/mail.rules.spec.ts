import { describe, expect, it } from '@jest/globals';
import { RuleError } from '../../platform/http/rule-error.js';
import { MailDeferred, MailOutcomeUnknown, MailRejected } from '../../platform/mail/mailer.js';
import { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { outcomeOfError, postponed, type Attempted } from './delivery.rules.js';
import { escapeHtml, oneLine, withoutAddresses } from './letters/escape.rules.js';
import { textIn } from './language.rules.js';
import { mailHeaders, messageIdHeader, parseMailbox } from './mail-headers.rules.js';
import { domainOf, refusal } from './mail.rules.js';
import { assertTransition, backoffMs, givesUp } from './message.rules.js';

const weekdays = {
  isWorkingDay: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()),
};
const hours = new WorkingTime(weekdays, { start: '08:00', end: '17:00' }, 'Asia/Ho_Chi_Minh');
const ok = {
  address: 'a@b.vn',
  bounced: false,
  active: true,
  consent: 'given',
  topicRefused: false,
  restricted: false,
} as const;

describe('whom one may write to', () => {
  it.each([
    ['promotion', ok, null],
    ['promotion', { ...ok, consent: 'none' as const }, 'no_consent'],
    ['promotion', { ...ok, consent: 'withdrawn' as const }, 'opted_out'],
    ['promotion', { ...ok, topicRefused: true }, 'topic_refused'],
    ['promotion', { ...ok, topicRefused: true, consent: 'withdrawn' as const }, 'opted_out'],
    ['service', { ...ok, topicRefused: true }, null],
    ['service', { ...ok, restricted: true }, 'restricted'],
    ['promotion', { ...ok, restricted: true }, 'restricted'],
    ['service', { ...ok, consent: 'withdrawn' as const }, null],
    ['service', { ...ok, bounced: true }, 'bounced_address'],
    ['service', { ...ok, address: null }, 'no_address'],
    ['promotion', { ...ok, active: false }, 'recipient_inactive'],
  ] as const)('%s to %j: %s', (purpose, state, reason) => {
    expect(refusal(purpose, state)).toBe(reason);
  });

  it('reads the domain in small letters', () => {
    expect(domainOf('An.Nguyen@Firm.COM.VN')).toBe('firm.com.vn');
  });
});

describe('states', () => {
  it('allow only what the table allows', () => {
    expect(() => assertTransition('unknown', 'sent')).not.toThrow();
    expect(() => assertTransition('failed', 'queued')).not.toThrow();
    for (const [from, to] of [
      ['sent', 'queued'],
      ['cancelled', 'queued'],
      ['bounced', 'sent'],
      ['queued', 'sent'],
      ['failed', 'sent'],
    ] as const) {
      expect(() => assertTransition(from, to)).toThrow(RuleError);
    }
  });
});

describe('what an error of the mail server means', () => {
  const now = new Date('2026-03-02T03:00:00Z');
  const message: Attempted = {
    purpose: 'service',
    audience: 'investor',
    attempts: 1,
    claimedAt: now,
    firstTriedAt: null,
  };

  it('a refused address bounces, refused content fails', () => {
    expect(outcomeOfError(new MailRejected('smtp_550', true), message, now, hours)).toEqual({
      status: 'bounced',
      code: 'smtp_550',
    });
    expect(outcomeOfError(new MailRejected('smtp_554', false), message, now, hours)).toEqual({
      status: 'failed',
      code: 'smtp_554',
    });
  });

  it('temporary errors wait 1, 5, 15 minutes, 1 hour, 4 hours', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map((attempts) => backoffMs(attempts) / 60_000)).toEqual([
      1, 5, 15, 60, 240, 240, 240,
    ]);
    const outcome = outcomeOfError(new MailDeferred('smtp_451'), { ...message, attempts: 2 }, now, hours);
    expect(outcome).toEqual({
      status: 'queued',
      notBefore: new Date('2026-03-02T03:05:00Z'),
      code: 'smtp_451',
      postponed: false,
    });
  });

  it('gives up after three days', () => {
    const firstTriedAt = new Date('2026-02-27T03:00:00Z');
    expect(givesUp(firstTriedAt, new Date(now.getTime() - 1))).toBe(false);
    expect(outcomeOfError(new MailDeferred('smtp_451'), { ...message, firstTriedAt }, now, hours)).toEqual({
      status: 'failed',
      code: 'smtp_451',
    });
  });

  it('an investor’s mail of which nobody knows waits for a person, an officer’s goes again', () => {
    const lost = new MailOutcomeUnknown('smtp_econnection');
    expect(outcomeOfError(lost, message, now, hours)).toEqual({
      status: 'unknown',
      code: 'smtp_econnection',
    });
    expect(outcomeOfError(lost, { ...message, audience: 'officer' }, now, hours).status).toBe('queued');
  });

  it('what nobody foresaw is temporary', () => {
    expect(outcomeOfError(new TypeError('x'), message, now, hours)).toMatchObject({
      status: 'queued',
      code: 'mailer_error',
    });
  });

  it('promotion mail waits for working hours', () => {
    const friday = new Date('2026-03-06T09:58:00Z');
    expect(
      outcomeOfError(
        new MailDeferred('smtp_421'),
        { ...message, purpose: 'promotion', attempts: 2, claimedAt: friday },
        friday,
        hours,
      ),
    ).toMatchObject({
      notBefore: new Date('2026-03-09T01:00:00Z'),
    });
    expect(postponed('promotion', friday, hours, 'throttled')).toMatchObject({
      notBefore: friday,
      postponed: true,
    });
  });
});

describe('headers', () => {
  it('promotion can be left by one click, notices say that they are automatic, replies say nothing', () => {
    expect(mailHeaders('promotion', 'investor', 'https://x.vn/u/t')).toEqual({
      'List-Unsubscribe': '<https://x.vn/u/t>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(mailHeaders('service', 'officer', null)).toMatchObject({ 'Auto-Submitted': 'auto-generated' });
    expect(mailHeaders('service', 'investor', null)).toEqual({});
  });

  it('names the message by its id and our host', () => {
    expect(messageIdHeader('0199', 'https://ccn.langson.gov.vn/x')).toBe('<0199@ccn.langson.gov.vn>');
    expect(messageIdHeader('0199', 'http://[::1]:3000')).toMatch(/^<0199@[a-z0-9.-]+>$/);
  });

  it('reads MAIL_FROM with and without a name', () => {
    expect(parseMailbox('Sở Công Thương <xt@langson.gov.vn>')).toEqual({
      name: 'Sở Công Thương',
      address: 'xt@langson.gov.vn',
    });
    expect(parseMailbox('"Sở Công Thương" <xt@langson.gov.vn>')).toEqual({
      name: 'Sở Công Thương',
      address: 'xt@langson.gov.vn',
    });
    expect(parseMailbox('xt@langson.gov.vn')).toEqual({ name: '', address: 'xt@langson.gov.vn' });
  });
});

describe('values', () => {
  it('become one line without control or direction characters', () => {
    expect(oneLine('An\r\nBcc: x@y.z\u0000\u202e  b', 100)).toBe('An Bcc: x@y.z b');
    expect(oneLine('x'.repeat(300), 200)).toHaveLength(200);
    expect(oneLine('😀'.repeat(5), 3)).toBe('😀😀…');
  });

  it('lose the addresses that a stranger put into a name', () => {
    expect(withoutAddresses('WIN https://evil.example/x now www.evil.example')).toBe('WIN now');
    expect(withoutAddresses('Công ty A & B')).toBe('Công ty A & B');
    expect(withoutAddresses('Thắng lớn evil.example/win')).toBe('Thắng lớn');
    // the word joiner keeps mail programs from making a link of it
    expect(withoutAddresses('Ai evil.example a@b.example')).toBe(
      'Ai evil.\u2060example a@\u2060b.\u2060example',
    );
    expect(withoutAddresses('T.A. Nguyễn, ABC Co., Ltd')).toBe('T.A. Nguyễn, ABC Co., Ltd');
  });

  it('are escaped', () => {
    expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  });
});

describe('the language of a text', () => {
  const texts = (...languages: ('vi' | 'en' | 'zh')[]) => languages.map((language) => ({ language }));

  it('is the reader’s own, or the nearest that there is', () => {
    expect(textIn(texts('vi', 'en', 'zh'), 'zh')?.language).toBe('zh');
    expect(textIn(texts('vi', 'en'), 'zh')?.language).toBe('en');
    expect(textIn(texts('vi'), 'zh')?.language).toBe('vi');
    expect(textIn(texts('en', 'zh'), 'vi')?.language).toBe('en');
    expect(textIn(texts('vi', 'zh'), 'en')?.language).toBe('vi');
    expect(textIn([], 'en')).toBeNull();
  });
});
