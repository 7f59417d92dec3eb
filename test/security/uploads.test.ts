import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClusterLandAnswer } from '../../src/modules/directory/land/cluster-land.dto.js';
import type { DocumentAnswer } from '../../src/modules/leads/documents/documents.dto.js';
import { givenCluster } from '../factories/directory.js';
import { givenParty, openCase } from '../portal/case-client.js';
import { PDF, PNG } from '../support/form.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Route {
  url: string;
  fields: Record<string, string>;
  headers: Record<string, string>;
}
interface Sent {
  field?: string;
  name: string;
  content: Buffer;
  claims?: string;
}

let t: TestApp;
let routes: Record<'cluster' | 'lead' | 'case', Route>;
let address = 0;

/** Every route that takes a file, with things that are there and somebody who may. */
beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  const manager = await t.http.as('manager');
  const party = await givenParty(t);
  const { path, cookie } = await openCase(t, party);
  const cluster = await givenCluster(t, { isPublic: true });
  routes = {
    cluster: {
      url: `/api/v1/clusters/${cluster.id}/documents`,
      fields: { kind: 'map', titleVi: 'Bản đồ' },
      headers: { ...manager.headers },
    },
    lead: {
      url: `/api/v1/leads/${party.lead.id}/documents`,
      fields: { direction: 'to_investor', title: 'Đề xuất', sharedWithInvestor: 'true' },
      headers: { ...manager.headers },
    },
    case: {
      url: `${path}/documents`,
      fields: { title: 'Đề xuất' },
      headers: { cookie, accept: 'text/html' },
    },
  };
});
afterAll(() => t.close());

const BOUNDARY = 'ranh-gioi';

function bodyOf(fields: Record<string, string>, files: readonly Sent[]): Buffer {
  const texts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const parts = files.flatMap(({ field = 'file', name, content, claims = 'application/pdf' }) => [
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${claims}\r\n\r\n`,
    ),
    content,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...texts, ...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

async function send(route: Route, ...files: Sent[]) {
  const { statusCode, body } = await t.app.inject({
    method: 'POST',
    url: route.url,
    headers: {
      ...route.headers,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'x-forwarded-for': `10.3.0.${(address += 1)}`,
    },
    payload: bodyOf(route.fields, files),
  });
  return { status: statusCode, body };
}

const kept = async () =>
  (await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM stored_file`))[0]!.n;

/** A zip archive with one entry, which may be a hundred times larger than it looks. */
function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), packed]);
}

const SCRIPT = '<!doctype html><script>alert(document.cookie)</script>';
const HTML_AND_PDF = Buffer.concat([Buffer.from(SCRIPT), PDF]);
const PDF_AND_HTML = Buffer.concat([PDF, Buffer.from(SCRIPT)]);
const PNG_AND_HTML = Buffer.concat([PNG, Buffer.from(SCRIPT)]);

const LIES: [string, Sent[], number[]][] = [
  ['HTML named as a PDF', [{ name: 'a.pdf', content: Buffer.from(SCRIPT) }], [400]],
  [
    'SVG named as a picture',
    [
      {
        name: 'a.png',
        content: Buffer.from(
          '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        ),
        claims: 'image/png',
      },
    ],
    [400],
  ],
  ['HTML that goes on as a PDF', [{ name: 'a.pdf', content: HTML_AND_PDF }], [400]],
  ['a program', [{ name: 'a.docx', content: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]) }], [400]],
  ['a plain archive', [{ name: 'a.docx', content: zip('a.txt', Buffer.from('xin chào')) }], [400]],
  [
    'an archive that swells',
    [{ name: 'a.docx', content: zip('[Content_Types].xml', Buffer.alloc(300 * 1024 * 1024)) }],
    [400],
  ],
  ['nothing in it', [{ name: 'a.pdf', content: Buffer.alloc(0) }], [400]],
  ['no file', [], [400]],
  ['another field', [{ field: 'tep', name: 'a.pdf', content: PDF }], [400]],
  ['two files', [1, 2].map((n) => ({ name: `${n}.pdf`, content: PDF })), [413]],
  ['six files', [1, 2, 3, 4, 5, 6].map((n) => ({ name: `${n}.pdf`, content: PDF })), [413]],
  ['21 MB', [{ name: 'a.pdf', content: Buffer.concat([PDF, Buffer.alloc(21 * 1024 * 1024)]) }], [413]],
];

describe.each(['cluster', 'lead', 'case'] as const)('documents of a %s', (which) => {
  test.each(LIES)(
    '%s is refused, in little time and memory, and nothing is kept',
    async (_what, files, statuses) => {
      const before = await kept();
      const memory = process.memoryUsage().rss;
      const began = performance.now();
      const { status } = await send(routes[which], ...files);
      expect(statuses).toContain(status);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 * 1024);
      expect(await kept()).toBe(before);
    },
  );

  test('what is two things at once is given out so that nothing in it runs', async () => {
    for (const [content, claims, type, how] of [
      [PDF_AND_HTML, 'text/html', 'application/pdf', 'attachment'],
      [PNG_AND_HTML, 'text/html', 'image/png', 'inline'],
    ] as const) {
      const name = '..%2f"><svg onload=alert(1)>\u202efdp.html';
      const { status, body } = await send(routes[which], { name, content, claims });
      expect([200, 201, 303]).toContain(status);
      const { headers } = await t.app.inject({
        url: await addressOf(which, body),
        headers: routes[which].headers,
      });
      expect(headers['content-type']).toBe(type);
      expect(String(headers['content-disposition'])).toMatch(
        new RegExp(`^${how}; filename="[^"<>\\r\\n]*\\.(pdf|png)"; filename\\*=UTF-8''[\\w.%-]+$`),
      );
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toContain('no-store');
    }
  });
});

/** Where the file that came in last is given out. */
async function addressOf(which: keyof typeof routes, body: string): Promise<string> {
  const { url } = routes[which];
  if (which === 'lead') return `${url}/${(JSON.parse(body) as DocumentAnswer).id}/file`;
  if (which === 'cluster')
    return `${url}/${(JSON.parse(body) as ClusterLandAnswer).documents.at(-1)!.id}/file`;
  const [last] = await t.db.query<{ id: string }>(
    `SELECT id FROM lead_document WHERE direction = 'from_investor' ORDER BY id DESC LIMIT 1`,
  );
  return `${url}/${last!.id}`;
}
