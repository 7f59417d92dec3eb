import { describe, expect, test } from '@jest/globals';
import { changesState, isSameSite } from './same-site.rules.js';

const APP = 'https://xuctien.langson.example';

describe('where a request comes from', () => {
  test.each([
    [{ origin: APP }, true],
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, true],
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'http://xuctien.langson.example' }, false],
    [{ origin: `${APP}.evil.example` }, false],
    [{ origin: 'https://evil.example', host: 'xuctien.langson.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: 'file://', host: '' }, false],
  ])('%j: %s', (headers, same) => {
    expect(isSameSite(headers, APP)).toBe(same);
  });

  test('reading changes nothing, everything else may', () => {
    expect(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].map(changesState)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });
});
