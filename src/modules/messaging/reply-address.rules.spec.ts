import { describe, expect, test } from '@jest/globals';
import { newId } from '../../platform/database/ids.js';
import { readReplyAddress, replyAddress, replyMailbox } from './reply-address.rules.js';

const SECRET = 's'.repeat(32);
const INBOX = 'inbox@agency.test';

describe('a reply address', () => {
  test('leads back to its message, whatever a server did to the case', () => {
    for (let i = 0; i < 200; i++) {
      const id = newId();
      const address = replyAddress(INBOX, id, SECRET);
      expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
      expect(readReplyAddress(address, INBOX, SECRET)).toBe(id);
      expect(readReplyAddress(address.toUpperCase(), INBOX, SECRET)).toBe(id);
    }
  });

  test('of somebody else is none', () => {
    const address = replyAddress(INBOX, newId(), SECRET);
    const [local] = address.split('@');
    const forged = local!.replace(/.$/, (last) => (last === 'a' ? 'e' : 'a'));
    for (const one of [
      `${forged}@agency.test`,
      `${local}@elsewhere.test`,
      `${local}x@agency.test`,
      'inbox+@agency.test',
      INBOX,
      replyAddress(INBOX, newId(), 'o'.repeat(32)),
    ])
      expect([one, readReplyAddress(one, INBOX, SECRET)]).toEqual([one, null]);
  });

  test('is the officer’s own where the agency has no mailbox', () => {
    const letter = { id: newId(), officerName: 'Lan', officerAddress: 'lan@agency.test', agency: 'Sở' };
    expect(replyMailbox(letter, undefined, SECRET)).toEqual({ name: 'Lan', address: 'lan@agency.test' });
    expect(replyMailbox({ ...letter, officerAddress: null }, undefined, SECRET)).toBeUndefined();
    const nobody = replyMailbox({ ...letter, officerName: null }, INBOX, SECRET);
    expect(nobody).toEqual({ name: 'Sở', address: expect.stringMatching(/^inbox\+[a-z2-7]{42}@/) });
  });
});
