import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerToken, type TokenPurpose } from '../../src/modules/messaging/answer-token.rules.js';
import { givenMessage } from '../factories/messaging.js';
import { FORM, givenParty, openCase } from '../portal/case-client.js';
import { startApp, type TestApp } from '../support/harness.js';

const APP_URL = 'https://dau-tu.example.vn';
const HTML = { accept: 'text/html' };

let t: TestApp;
let address = 0;

const stranger = () => ({ 'x-forwarded-for': `10.${(address += 1) >> 8}.${address & 255}.8` });

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1', APP_URL } });
});
afterAll(() => t.close());

async function givenLetter() {
  const party = await givenParty(t);
  const { id } = await givenMessage(t, { contactId: party.contact.id, leadId: party.lead.id });
  const token = (purpose: TokenPurpose) => answerToken(id, purpose, t.config.secretKey);
  return { ...party, token };
}

describe('a request that lies about where it goes', () => {
  const LIES = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'http',
    forwarded: 'host=evil.test',
    'x-original-url': '/api/v1/users',
    'x-rewrite-url': '/api/v1/users',
  };

  test('puts no other address into pages, files, redirects and mails', async () => {
    const { token, lead } = await givenLetter();
    for (const url of [
      '/',
      '/en',
      '/zh/enquiry',
      '/sitemap.xml',
      '/robots.txt',
      '/open-data/clusters.json',
      '/privacy',
      `/r/${token('answer')}`,
      '/no-such-page',
      '/api/openapi.json',
    ]) {
      const { payload, headers } = await t.app.inject({ url, headers: { ...HTML, ...LIES, ...stranger() } });
      expect([url, payload.includes('evil.test'), JSON.stringify(headers).includes('evil.test')]).toEqual([
        url,
        false,
        false,
      ]);
    }
    const { payload } = await t.app.inject({ url: '/sitemap.xml', headers: { ...LIES, ...stranger() } });
    expect(payload).toContain(`<loc>${APP_URL}/`);
    await t.app.inject({
      method: 'POST',
      url: `/r/${token('answer')}`,
      headers: { ...FORM, ...LIES, ...stranger() },
      payload: 'answer=visit',
    });
    const mails = await t.db.query<{ html: string }>(
      `SELECT body_html AS html FROM message WHERE lead_id = $1`,
      [lead.id],
    );
    expect(mails.length).toBeGreaterThan(1);
    for (const { html } of mails)
      expect([html.includes('evil.test'), html.includes(APP_URL)]).toEqual([false, true]);
  });

  test('is led nowhere else: slashes, prefixes, dots and encoded ones', async () => {
    const { token } = await givenLetter();
    const PATHS = [
      '//evil.test',
      '//evil.test/en',
      '/en//evil.test',
      '/en/..//evil.test',
      '/%2f%2fevil.test',
      '/\\evil.test',
      '/zh/%5cevil.test',
      '/app//evil.test',
      '/app/..%2f..%2fetc/passwd',
      '/enquiry/received///evil.test',
      '/en?lang=//evil.test',
      `/r/${token('answer')}?lang=//evil.test`,
      '/?lang=vi%0d%0aSet-Cookie:a=b',
      '/app/%2e%2e/%2e%2e/package.json',
      '/site.css/../../package.json',
      '/clusters/..%2f..%2fpackage.json',
      '/.env',
      '/.git/config',
      '/en/.data/secret',
    ];
    for (const url of PATHS)
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, headers, payload } = await t.app.inject({
          method,
          url,
          headers: { ...HTML, ...stranger() },
        });
        expect([url, statusCode < 500]).toEqual([url, true]);
        const to = String(headers.location ?? '/');
        expect([url, /^\/(?![/\\])/.test(to) || to.startsWith(`${APP_URL}/`)]).toEqual([url, true]);
        expect([url, headers['set-cookie']]).toEqual([url, undefined]);
        expect([url, /"dependencies"|root:x:/.test(payload)]).toEqual([url, false]);
      }
  });

  test('HEAD tells what GET tells and no more, OPTIONS opens nothing to other sites, TRACE is not there', async () => {
    const { token } = await givenLetter();
    const other = { origin: 'https://evil.test', 'access-control-request-method': 'POST' };
    for (const url of [
      '/',
      '/enquiry',
      `/r/${token('answer')}`,
      `/u/${token('opt_out')}`,
      '/api/v1/leads',
      '/api/public/v1/enquiries',
    ]) {
      const { payload } = await t.app.inject({ method: 'HEAD', url, headers: { ...HTML, ...stranger() } });
      // of what is no page the server itself takes the body off
      if (url !== '/api/public/v1/enquiries') expect([url, payload]).toEqual([url, '']);
      const options = await t.app.inject({ method: 'OPTIONS', url, headers: { ...other, ...stranger() } });
      expect([
        url,
        options.statusCode < 500,
        options.headers['access-control-allow-origin'] ?? null,
        options.headers['access-control-allow-credentials'] ?? null,
      ]).toEqual([url, true, null, null]);
      const trace = await t.app.inject({ method: 'TRACE' as 'GET', url, headers: stranger() });
      expect([url, trace.statusCode >= 400 && trace.statusCode < 500]).toEqual([url, true]);
    }
  });

  test('stands in no frame, and no page is taken for another kind', async () => {
    const { token } = await givenLetter();
    const { path, cookie } = await openCase(t, await givenParty(t));
    for (const url of [
      '/',
      '/enquiry',
      '/en/privacy',
      '/open-data',
      `/r/${token('answer')}`,
      `/u/${token('opt_out')}`,
      `/p/${token('preferences')}`,
      path,
      '/app',
      '/no-such',
      '/api/v1/me',
    ]) {
      const { headers } = await t.app.inject({ url, headers: { ...HTML, cookie, ...stranger() } });
      expect([url, headers['x-frame-options']]).toEqual([url, 'DENY']);
      expect([url, headers['content-security-policy']]).toEqual([
        url,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([url, headers['x-content-type-options']]).toEqual([url, 'nosniff']);
      expect([url, headers['strict-transport-security']]).toEqual([url, expect.stringContaining('max-age')]);
    }
  });
});
