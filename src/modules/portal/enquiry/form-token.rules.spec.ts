import { describe, expect, test } from '@jest/globals';
import { newId } from '../../../platform/database/ids.js';
import {
  confirmationToken,
  formToken,
  readConfirmationToken,
  readFormToken,
  readReceiptToken,
  receiptToken,
  senderOf,
} from './form-token.rules.js';

const SECRET = 's'.repeat(32);
const NOW = new Date('2026-03-02T03:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

describe('the token of a form', () => {
  const id = newId();
  const token = formToken(NOW, SECRET, id);

  test.each([
    [0, 'too_fast'],
    [2, 'too_fast'],
    [4, undefined],
    [12 * 3600 - 1, undefined],
    [12 * 3600 + 1, 'too_old'],
    [-60, 'too_fast'],
  ])('after %s seconds: %s', (seconds, fault) => {
    expect(readFormToken(token, later(seconds), SECRET)).toEqual({ formId: id, ...(fault && { fault }) });
  });

  test.each([
    ['nothing', ''],
    ['one changed letter', `${token.slice(0, 10)}${token[10] === 'A' ? 'B' : 'A'}${token.slice(11)}`],
    ['another spelling', `${token}=`],
    ['another purpose', confirmationToken(id, SECRET)],
    ['another key', formToken(NOW, 'x'.repeat(32), id)],
    ['what is no base64', '\u0000\ud800<b>'],
  ])('%s is none', (_what, forged) => {
    expect(readFormToken(forged, later(10), SECRET)).toBeNull();
  });
});

test('a confirmation is for one form and for nothing else', () => {
  const id = newId();
  expect(readConfirmationToken(confirmationToken(id, SECRET), SECRET)).toBe(id);
  expect(readConfirmationToken(formToken(NOW, SECRET, id), SECRET)).toBeNull();
  expect(readConfirmationToken(confirmationToken(id, 'x'.repeat(32)), SECRET)).toBeNull();
});

test('a receipt says what it was made with, and cannot be written by others', () => {
  const receipt = { reference: 'YC-2026-000123', receivedAt: NOW, waits: true };
  expect(readReceiptToken(receiptToken(receipt, SECRET), SECRET)).toEqual(receipt);
  expect(readReceiptToken(receiptToken(receipt, 'x'.repeat(32)), SECRET)).toBeNull();
  expect(readReceiptToken('A'.repeat(60), SECRET)).toBeNull();
});

test('a sender is counted by its address, in IPv6 by its network, and cannot be read back', () => {
  expect(senderOf('192.0.2.1', SECRET)).not.toBe(senderOf('192.0.2.2', SECRET));
  expect(senderOf('2001:db8:1:2::5', SECRET)).toBe(senderOf('2001:db8:1:2:9::7', SECRET));
  expect(senderOf('2001:db8:1:2::5', SECRET)).not.toBe(senderOf('2001:db8:1:3::5', SECRET));
  expect(senderOf('2001:db8::5', SECRET)).toBe(senderOf('2001:db8:0:0:9::7', SECRET));
  expect(senderOf('192.0.2.1', SECRET)).not.toContain('192');
});
