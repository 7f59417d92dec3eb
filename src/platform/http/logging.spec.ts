import { expect, test } from '@jest/globals';
import { framesOf, safeMessage, withoutSecrets } from './logging.js';

const TOKEN = 'AZq1'.repeat(11).slice(0, 43);

test.each([
  [`/r/${TOKEN}?answer=interested`, '/r/…'],
  [`/u/${TOKEN}.`, '/u/…'],
  [`/r/${TOKEN}%2E`, '/r/…'],
  [`/r/${TOKEN}/visit.ics`, '/r/…/visit.ics'],
  [`/r%2F${TOKEN}`, '/…'],
  [`/p/${TOKEN};x=1`, '/p/…'],
  [`/copy/${TOKEN}`, '/copy/…'],
  [`/case/open/${TOKEN}`, '/case/open/…'],
  [`/case/email/${TOKEN}`, '/case/email/…'],
  [`/zh/enquiry/confirm/${TOKEN}#x`, '/zh/enquiry/confirm/…'],
  [`/enquiry/received/${TOKEN}${TOKEN}`, '/enquiry/received/…'],
  [
    '/case/0199c2a4-0000-7000-8000-000000000000/documents/0199c2a4-0000-7000-8000-000000000001',
    '/case/…/documents/…',
  ],
  ['/api/v1/contacts/an@firm.test', '/api/v1/contacts/…'],
  ['/api/v1/contacts/an%40firm.test', '/api/v1/contacts/…'],
  ['/api/v1/leads/0199c2a4-0000-7000-8000-000000000000/stage', '/api/v1/leads/…/stage'],
  ['/api/v1/leads?q=Nguyen', '/api/v1/leads'],
])('%s is logged as %s', (url, logged) => expect(withoutSecrets(url)).toBe(logged));

test('an error is logged by where it happened, without what it quotes', () => {
  const error = new Error(
    `550 <an@firm.test>: unknown; key (email)=(binh@firm.test) /r/${TOKEN} failed\nDETAIL: Nguyễn Văn An`,
  );
  expect(safeMessage(error)).toBe('550 <…>: unknown; key (email)=(…) /r/… failed');
  const frames = framesOf(error).join('\n');
  expect(frames).toContain('logging.spec');
  expect(frames).not.toMatch(/firm\.test|Nguyễn|AZq1/);
});
