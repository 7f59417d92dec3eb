import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerToken, type TokenPurpose } from '../../src/modules/messaging/answer-token.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';

/** Where a link of each purpose opens. */
const PAGES: Record<TokenPurpose, string> = {
  answer: '/r/',
  opt_out: '/u/',
  preferences: '/p/',
  case: '/case/open/',
  copy: '/copy/',
};
const HTML = { accept: 'text/html' };
const FORM = { ...HTML, 'content-type': 'application/x-www-form-urlencoded' };
const NAME = `"><img src=x onerror=alert(1)><script>alert('${'x'.repeat(3)}')</script>`;

let t: TestApp;
let messageId: string;
let routes: { path: string; methods: string[] }[];
let address = 0;

/** Each request from an address of its own, so that limits are met only where they are tested. */
const stranger = () => ({ 'x-forwarded-for': `10.${(address += 1) >> 8}.${address & 255}.7` });

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  const officer = await t.http.as('officer');
  const contact = await givenContact(t, { consent: 'given', fullName: NAME, email: 'hostile@firm.test' });
  const lead = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: officer.userId,
  });
  messageId = (await givenMessage(t, { contactId: contact.id, leadId: lead.id })).id;
  routes = routesOf(t.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
});
afterAll(() => t.close());

/** The router's own tree: indented, one part of a path a line. */
function routesOf(tree: string): { path: string; methods: string[] }[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!match) return [];
    const depth = match[1]!.length / 4;
    above.length = depth;
    above[depth] = match[2]!;
    return match[3] ? [{ path: above.join(''), methods: match[3].split(', ') }] : [];
  });
}

/** Routes of what is open to everybody: pages and the public interface. */
const isPublic = (path: string) => !/^\/(app|api\/(?!public))|^\*/.test(path);
const filled = (path: string, value: string) =>
  path.replace(':lang(en|zh)', 'en').replace(/:[A-Za-z]+(?:\([^)]*\))?/g, value);
const token = (purpose: TokenPurpose, id = messageId) => answerToken(id, purpose, t.config.secretKey);

describe('links', () => {
  test('open nothing but the page that they were made for', async () => {
    for (const [purpose, page] of Object.entries(PAGES)) {
      for (const other of Object.keys(PAGES) as TokenPurpose[]) {
        if (other === purpose) continue;
        const { status } = await t.http.anonymous.get(`${page}${token(other)}`, { ...HTML, ...stranger() });
        expect([page, other, status < 500 && status >= 400]).toEqual([page, other, true]);
      }
    }
  });

  test('that were guessed, changed, cut or made long are all answered alike, and nothing is recorded', async () => {
    const good = token('answer');
    const flipped = `${good.slice(0, 20)}${good[20] === 'A' ? 'B' : 'A'}${good.slice(21)}`;
    const bad = [
      randomBytes(32).toString('base64url'),
      flipped,
      good.slice(0, -1),
      `${good}A`,
      `${good}=`,
      answerToken(newId(), 'answer', 'another secret that is long enough'),
      answerToken(newId(), 'answer', t.config.secretKey),
    ];
    const before = await t.db.query(`SELECT count(*) AS n FROM message_answer`);
    const seen = new Set<string>();
    for (const one of bad) {
      for (const page of ['/r/', '/u/', '/p/', '/copy/']) {
        const { status, text } = await t.http.anonymous.get(`${page}${one}`, { ...HTML, ...stranger() });
        expect([page, one.length, status]).toEqual([page, one.length, 404]);
        seen.add(`${page} ${text.replaceAll(one, '')}`);
      }
      const posted = await t.http.anonymous.post(`/r/${one}`, 'answer=interested', {
        ...FORM,
        ...stranger(),
      });
      expect(posted.status).toBe(404);
    }
    expect(seen.size).toBe(4);
    expect(await t.db.query(`SELECT count(*) AS n FROM message_answer`)).toEqual(before);
  });

  test('carry nothing personal into caches, frames or other sites', async () => {
    for (const purpose of ['answer', 'opt_out', 'preferences'] as const) {
      const { status, headers } = await t.http.anonymous.get(`${PAGES[purpose]}${token(purpose)}`, {
        ...HTML,
        ...stranger(),
      });
      expect([purpose, status]).toEqual([purpose, 200]);
      expect([purpose, headers['cache-control']]).toEqual([purpose, expect.stringContaining('no-store')]);
      expect([purpose, headers['referrer-policy']]).toEqual([
        purpose,
        expect.stringMatching(/^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/),
      ]);
      expect(headers['content-security-policy']).toEqual(expect.stringContaining('frame-ancestors'));
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test('show a name that is markup as text, on every page and in the mail', async () => {
    const [mail] = await t.db.query<{ html: string }>(`SELECT body_html AS html FROM message WHERE id = $1`, [
      messageId,
    ]);
    const pages = await Promise.all(
      (['answer', 'opt_out', 'preferences'] as const).map((purpose) =>
        t.http.anonymous.get(`${PAGES[purpose]}${token(purpose)}`, { ...HTML, ...stranger() }),
      ),
    );
    for (const text of [mail!.html, ...pages.map((page) => page.text)]) {
      expect(text).not.toContain('<img src=x');
      expect(text).not.toContain('<script>alert');
    }
  });
});

describe('every public route', () => {
  test('is known to this test', () => {
    const paths = routes.map(({ path }) => path);
    for (const path of ['/r/:token', '/u/:token', '/p/:token', '/copy/:token', '/api/public/v1/enquiries'])
      expect(paths).toContain(path);
  });

  test('refuses 50 MB before anything else is done with them', async () => {
    const big = Buffer.alloc(50 * 1024 * 1024, 'a').toString();
    for (const { path } of routes.filter((one) => isPublic(one.path) && one.methods.includes('POST'))) {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
        const { status } = await t.http.anonymous.post(filled(path, token('answer')), big, {
          'content-type': type,
          ...stranger(),
        });
        expect([path, type, status >= 400 && status < 500]).toEqual([path, type, true]);
      }
    }
  });

  test('answers strange methods, ids and paths without failing', async () => {
    const strange = [
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      '..%5c..%5cwindows',
      '%00',
      '%0d%0aset-cookie:%20a=b',
      `${'a'.repeat(2000)}`,
      "' OR 1=1 --",
      '%E0%A4%A',
      '%f0%9f%92%a9',
    ];
    for (const { path, methods } of routes.filter((one) => isPublic(one.path) && one.path.includes(':'))) {
      for (const value of strange) {
        for (const method of methods.filter((one) => one === 'GET' || one === 'POST')) {
          const { statusCode, headers } = await t.app.inject({
            method: method as 'GET',
            url: filled(path, value).replaceAll(' ', '%20'),
            headers: { ...HTML, ...stranger() },
          });
          expect([method, path, value.slice(0, 30), statusCode < 500]).toEqual([
            method,
            path,
            value.slice(0, 30),
            true,
          ]);
          expect([path, String(headers['set-cookie'] ?? '').includes('a=b')]).toEqual([path, false]);
        }
      }
    }
  });

  test('has an end to how often it is sent from one address, or one network of IPv6', async () => {
    const posts = routes.filter((one) => isPublic(one.path) && one.methods.includes('POST'));
    expect(posts.length).toBeGreaterThan(12);
    for (const [index, { path }] of posts.entries()) {
      const send = async (last: string) => {
        const { headers } = await t.app.inject({
          method: 'POST',
          url: filled(path, token('answer')),
          headers: { ...FORM, 'x-forwarded-for': `2001:db8:${index}:1::${last}` },
          payload: 'a=b',
        });
        return [Number(headers['x-ratelimit-limit']), Number(headers['x-ratelimit-remaining'])];
      };
      const [[limit, left], [, next]] = [await send('1'), await send('2')];
      expect([path, limit! > 0 && limit! <= 1200]).toEqual([path, true]);
      expect([path, next]).toEqual([path, left! - 1]);
    }
  });

  test('takes only the methods it has', async () => {
    for (const { path, methods } of routes.filter((one) => isPublic(one.path) && !one.path.includes('*'))) {
      for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
        if (methods.includes(method)) continue;
        const url = filled(path, token('answer'));
        const { statusCode } = await t.app.inject({ method, url, headers: { ...HTML, ...stranger() } });
        expect([method, path, [403, 404, 405, 415].includes(statusCode)]).toEqual([method, path, true]);
      }
    }
  });

  test('lets nobody in with a cookie of another door', async () => {
    const officer = await t.http.as('officer');
    for (const name of ['case', 'dong-hanh.case', '__Host-case', 'case_session']) {
      const cookie = `${name}=${randomBytes(32).toString('base64url')}`;
      for (const url of ['/api/v1/me', '/api/v1/leads', '/api/v1/data-requests'])
        expect((await t.http.anonymous.get(url, { cookie, ...stranger() })).status).toBe(401);
    }
    for (const { path } of routes.filter(
      (one) => /^\/case(\/|$)/.test(one.path) && one.methods.includes('GET'),
    )) {
      const { status, text } = await officer.get(filled(path, token('answer')), { ...HTML, ...stranger() });
      expect([path, status < 500]).toEqual([path, true]);
      expect(text).not.toContain('hostile@firm.test');
    }
  });
});

describe('forms and files', () => {
  test('a line break in a field becomes no header of a mail', async () => {
    const body = {
      firm: { name: 'Công ty Tiêm\r\nBcc: nan-nhan@khac.test', country: 'VN' },
      contact: { fullName: 'Ai\r\nBcc: x@y.test', email: 'ai@tiem.test', language: 'vi' },
      kind: 'secondary',
      message: 'x',
    };
    const { status } = await t.http.anonymous.post('/api/public/v1/enquiries', body, stranger());
    expect(status).toBe(400);
    expect(await t.db.query(`SELECT 1 FROM message WHERE to_address LIKE '%nan-nhan%'`)).toEqual([]);
  });

  test('a page that calls itself a picture is no picture, on whichever route takes files', async () => {
    const admin = await t.http.as('admin');
    const limit = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n<script>alert(1)</script>\r\n--x--\r\n`;
    const before = await t.db.query(`SELECT count(*) AS n FROM stored_file`);
    for (const { path } of routes.filter((one) => one.methods.includes('POST'))) {
      const { statusCode } = await t.app.inject({
        method: 'POST',
        url: filled(path, newId()),
        headers: { ...admin.headers, 'content-type': 'multipart/form-data; boundary=x', ...stranger() },
        payload: limit,
      });
      expect([path, statusCode < 500]).toEqual([path, true]);
    }
    expect(await t.db.query(`SELECT count(*) AS n FROM stored_file`)).toEqual(before);
  });

  test('a file taken once is taken, and the link of it opens no second time', async () => {
    const contact = await givenContact(t);
    const manager = await t.http.as('manager');
    const { body } = await manager.post<{ id: string }>('/api/v1/data-requests', {
      contactId: contact.id,
      kind: 'copy',
      channel: 'letter',
    });
    const link = `/copy/${token('copy', body.id)}`;
    expect((await t.http.anonymous.get(link, { ...HTML, ...stranger() })).status).toBe(404);
    await manager.post(`/api/v1/data-requests/${body.id}/carry-out`, {}, { 'if-match': '"1"' });
    const page = await t.http.anonymous.get(link, { ...HTML, ...stranger() });
    expect([page.status, page.text.includes(contact.fullName)]).toEqual([200, false]);
    for (const format of ['pdf', 'json']) {
      const take = () => t.http.anonymous.post(link, `format=${format}`, { ...FORM, ...stranger() });
      const first = await take();
      expect([format, first.status, first.headers['cache-control']]).toEqual([
        format,
        200,
        'private, no-store',
      ]);
      expect((await take()).status).toBe(409);
    }
  });
});
