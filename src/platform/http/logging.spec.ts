import { expect, test } from '@jest/globals';
import { withoutSecrets } from './logging.js';

const TOKEN = 'AZq1'.repeat(11).slice(0, 43);

test.each([
  [`/r/${TOKEN}?answer=interested`, '/r/…'],
  [`/u/${TOKEN}.`, '/u/…'],
  [`/r/${TOKEN}%2E`, '/r/…'],
  ['/api/v1/contacts/an@firm.test', '/api/v1/contacts/…'],
  ['/api/v1/contacts/an%40firm.test', '/api/v1/contacts/…'],
  ['/api/v1/leads/0199c2a4-0000-7000-8000-000000000000/stage', '/api/v1/leads/…/stage'],
  ['/api/v1/leads?q=Nguyen', '/api/v1/leads'],
])('%s is logged as %s', (url, logged) => expect(withoutSecrets(url)).toBe(logged));
