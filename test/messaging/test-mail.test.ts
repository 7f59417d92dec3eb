import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LetterAnswer, TestMailAnswer } from '../../src/modules/messaging/templates/templates.dto.js';
import { LocalMailbox } from '../../src/platform/mail/local-mailbox.js';
import { Mailer } from '../../src/platform/mail/mailer.js';
import { templateId } from '../factories/follow-up.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;
let url: string;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  url = `/api/v1/templates/${await templateId(t, 'round-thank-you')}`;
});
afterAll(() => t.close());

const mailbox = () => (t.get(Mailer) as LocalMailbox).list(100);

describe('a test mail', () => {
  it('goes to whoever asks for it, marked as a test, and is no message', async () => {
    const answer = await officer.post<TestMailAnswer>(`${url}/test-mail`, {
      language: 'vi',
      subject: 'Gửi {{ contact.fullName }}',
      body: 'Nội dung **mới** cho {{ firm.name }}',
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { toAddress: 'officer@sample.test', subject: 'Thư thử: [QC] Gửi Nguyễn Văn An' },
    });
    const [entry] = await mailbox();
    expect(entry!.subject).toBe('Thư thử: [QC] Gửi Nguyễn Văn An');
    const mail = await (t.get(Mailer) as LocalMailbox).find(entry!.id);
    expect(mail!.to).toContain('officer@sample.test');
    expect(mail!.text).toContain('Công ty Cổ phần Mẫu');
    expect(mail!.headers).not.toHaveProperty('list-unsubscribe');
    expect(await t.db.query(`SELECT 1 FROM message`)).toEqual([]);
    const stored = await officer.post<TestMailAnswer>(`${url}/test-mail`, { language: 'en' });
    expect(stored.body.subject).toMatch(/^Test: /);
  });

  it('ten an hour to one person', async () => {
    const other = await t.http.as('officer', 'Binh');
    for (let n = 0; n < 10; n += 1)
      expect((await other.post(`${url}/test-mail`, { language: 'vi' })).status).toBe(200);
    expect(await other.post(`${url}/test-mail`, { language: 'vi' })).toMatchObject({
      status: 429,
      body: { code: 'too_many_test_mails' },
    });
    expect((await officer.post(`${url}/test-mail`, { language: 'vi' })).status).toBe(200);
    t.clock.advance(3_600_001);
    expect((await other.post(`${url}/test-mail`, { language: 'vi' })).status).toBe(200);
  });

  it('not to a program, nor with a faulty text, nor of an unknown template', async () => {
    const admin = await t.http.as('admin');
    const { body: key } = await admin.post<{ key: string }>('/api/v1/api-keys', {
      name: 'chương trình',
      role: 'officer',
    });
    const program = t.http.anonymous.with({ 'x-api-key': key.key, 'accept-language': 'vi' });
    expect(await program.post(`${url}/test-mail`, { language: 'vi' })).toMatchObject({
      status: 409,
      body: { code: 'program_without_address' },
    });
    const before = (await mailbox()).length;
    expect((await officer.post(`${url}/test-mail`, { language: 'vi', body: '{{ nichts }}' })).status).toBe(
      400,
    );
    expect(
      (await officer.post(`/api/v1/templates/${crypto.randomUUID()}/test-mail`, { language: 'vi' })).status,
    ).toBe(404);
    expect((await mailbox()).length).toBe(before);
  });

  it('a preview is quick enough to follow the keys', async () => {
    const body = (n: number) => ({
      language: 'vi',
      subject: `Thư ${n}`,
      body: `## Mục\n\nKính gửi {{ contact.fullName }},\n\n${'- một dòng **đậm**\n'.repeat(40)}\n${n}`,
    });
    await officer.post<LetterAnswer>(`${url}/preview`, body(0));
    const before = performance.now();
    for (let n = 1; n <= 20; n += 1) {
      const { body: letter } = await officer.post<LetterAnswer>(`${url}/preview`, body(n));
      expect(letter).toMatchObject({ subject: `[QC] Thư ${n}` });
      expect([letter.html.length, letter.text.length].every((length) => length > 500)).toBe(true);
    }
    const took = (performance.now() - before) / 20;
    expect(took).toBeLessThan(150);
  });
});
