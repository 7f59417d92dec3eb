import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { runDemo, type ToldDemo } from '../../src/demo/demo.js';
import type { StoryLanguage } from '../../src/demo/narrator.js';
import type { Closing } from '../../src/demo/program.js';

const closing: Closing = [];

afterAll(async () => {
  for (const step of closing) await step();
}, 30_000);

async function tell(
  language: StoryLanguage,
  env: NodeJS.ProcessEnv = {},
): Promise<{ demo: ToldDemo; told: string }> {
  let told = '';
  const out = { write: (text: string) => (told += text) };
  const demo = await runDemo({ language, env: { PORT: '0', ...env }, out }, closing);
  return { demo, told };
}

test('the story holds: three investors answer, a forgotten task reaches the manager, nothing is lost or sent twice, and investors enquire, book, open a case and reply', async () => {
  const { demo, told } = await tell('vi');
  expect(demo.facts.stopped).toEqual({
    korea: 'answered_interested',
    'song-ky': 'answered_not_now',
    nordic: 'consent_withdrawn',
    'may-mau': 'bounced',
    yangli: 'stage_advanced',
  });
  expect(demo.facts).toMatchObject({ managerTold: true, doubled: 0 });
  expect(demo.facts.mails).toBeGreaterThan(30);
  expect(told).toContain('Nghỉ Tết Nguyên đán: không gửi thư');
  for (const held of ['Đề nghị YC-2027-', 'Lịch hẹn đã có', 'Vướng mắc “', 'Thư trả lời đã được ghi'])
    expect(told).toContain(`✓ ${held}`);
  expect(told).not.toMatch(/undefined|\bNaN\b|\[object|demo:|\{\{|\b(reason|head|counted|side)_[a-z]/);
}, 180_000);

test('it is refused in production, in one sentence, before anything starts', async () => {
  await expect(tell('en', { NODE_ENV: 'production' })).rejects.toThrow(
    'does not run with NODE_ENV=production',
  );
});

test('both languages say the same things', () => {
  const keysOf = (language: StoryLanguage) =>
    Object.keys(
      JSON.parse(
        readFileSync(
          new URL(`../../src/platform/i18n/locales/${language}/demo.json`, import.meta.url),
          'utf8',
        ),
      ) as object,
    );
  expect(keysOf('en')).toEqual(keysOf('vi'));
});
