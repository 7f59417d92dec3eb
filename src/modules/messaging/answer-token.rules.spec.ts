import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../platform/database/ids.js';
import { answerLifeEnded, answerToken, readToken, tokenLink } from './answer-token.rules.js';

const SECRET = 'a-secret-of-at-least-32-characters';

describe('tokens of the links in mails', () => {
  it('lead back to their message, for their purpose and secret alone', () => {
    const id = newId();
    const token = answerToken(id, 'answer', SECRET);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readToken(token, 'answer', SECRET)).toBe(id);
    expect(readToken(token, 'opt_out', SECRET)).toBeNull();
    expect(readToken(token, 'answer', `${SECRET}!`)).toBeNull();
  });

  it('break when any character changes', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(42), fc.constantFrom(...'ABCDabcd0189-_'), (id, at, character) => {
        const token = answerToken(id, 'answer', SECRET);
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        expect(readToken(forged, 'answer', SECRET)).toBe(forged === token ? id : null);
      }),
    );
  });

  it('refuse whatever is no token', () => {
    for (const text of [
      '',
      'x',
      '../../etc/passwd',
      'A'.repeat(42),
      'A'.repeat(44),
      `${'A'.repeat(42)}=`,
      '%00'.repeat(20),
      'é'.repeat(43),
    ]) {
      expect(readToken(text, 'answer', SECRET)).toBeNull();
    }
  });

  it('stand in the pages’ addresses', () => {
    expect(tokenLink('https://x.vn', newId(), 'answer', SECRET)).toMatch(/^https:\/\/x\.vn\/r\/[\w-]{43}$/);
    expect(tokenLink('https://x.vn', newId(), 'opt_out', SECRET)).toMatch(/^https:\/\/x\.vn\/u\/[\w-]{43}$/);
  });

  it('can be answered for 180 days', () => {
    const made = new Date('2026-01-01T00:00:00Z');
    expect(answerLifeEnded(made, new Date('2026-06-30T00:00:00Z'))).toBe(false);
    expect(answerLifeEnded(made, new Date('2026-06-30T00:00:01Z'))).toBe(true);
  });
});
