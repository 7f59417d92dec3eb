import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { ClustersService } from '../../src/modules/directory/clusters.service.js';
import { startApp, type TestApp } from '../support/harness.js';
import { givenPublicClusters } from './catalogue-data.js';

let t: TestApp;
const LANGUAGES = ['vi', 'en', 'zh'] as const;
const BROWSER = { accept: 'text/html' };
/** Codes of the clusters that a list links to, in its order. */
const listed = (html: string): string[] =>
  [...html.matchAll(/<h3><a href="[^"]*\/clusters\/([^"]+)"/g)].map(([, code]) => code!);
const pathIn = (language: string, path: string): string =>
  (language === 'vi' ? path : `/${language}${path === '/' ? '' : path}`) || '/';
const page = async (path: string, headers = {}): Promise<string> => {
  const answer = await t.http.anonymous.get(path, { ...BROWSER, ...headers });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text;
};
const bytes = (text: string): number => Buffer.byteLength(text);

beforeAll(async () => {
  t = await startApp();
  await givenPublicClusters(t);
}, 60_000);
afterAll(() => t.close());

describe('the list', () => {
  test('shows every public cluster and no other, in three languages', async () => {
    for (const language of LANGUAGES) {
      const html = await page(pathIn(language, '/'));
      expect(html).toContain(`<html lang="${language}">`);
      expect(listed(html)).toHaveLength(40);
      expect(html).not.toContain('hidden');
      expect(html).not.toContain('Bí mật');
    }
  });

  test.each([
    ['district=van-lang', ['van-lang', 'van-lang-2']],
    ['status=operating', ['dia-phuong-so-2', 'full']],
    ['district=cao-loc&areaMin=36&areaMax=45', ['full']],
    ['areaMin=74,5&areaMax=75', ['hoa-son-1']],
    ['sector=c%C6%A1+kh%C3%AD', ['full']],
    ['wants=secondary&district=huu-lung', ['ho-son-1', 'hoa-son-1']],
  ])('is narrowed by %s', async (query, codes) => {
    expect(listed(await page(`/?${query}`)).sort()).toEqual([...codes].sort());
  });

  test('leaves out what it does not understand', async () => {
    const html = await page(
      '/?utm_source=x&status=nonsense&areaMin=abc&district=&areaMax=-1&sort=1&status=2',
    );
    expect(listed(html)).toHaveLength(40);
  });

  test('when nothing is left says so, with ways on', async () => {
    const html = await page('/en?areaMin=5000');
    expect(html).toContain('Industrial clusters found: 0 of 40');
    expect(html).toContain('href="/en/enquiry"');
    expect(html).toMatch(/<a class="button inline" href="\/en">Clear the filters/);
  });

  test('can be put in order by area and by name', async () => {
    expect(listed(await page('/?sort=area')).slice(0, 2)).toEqual(['hoa-son-1', 'ho-son-1']);
    expect(listed(await page('/?sort=area')).at(-1)).toBe('bac-son-2');
    expect(listed(await page('/?sort=open')).at(0)).not.toBe('full');
  });

  test('has a map whose tiles count what their links will list', async () => {
    const html = await page('/?wants=infrastructure');
    const tiles = [...html.matchAll(/<a href="([^"]+)" class="[^"]*" aria-label="([^"]+)"/g)];
    expect(tiles).toHaveLength(11);
    const [, href] = tiles.find(([, , label]) => label!.startsWith('Văn Lãng:'))!;
    expect(listed(await page(href!.replaceAll('&amp;', '&')))).toEqual(['van-lang', 'van-lang-2']);
  });

  test('meets a browser in its language, and a reader who chose Vietnamese in Vietnamese', async () => {
    const english = { 'accept-language': 'en-US,en;q=0.9' };
    expect(await page('/', english)).toContain('<html lang="en">');
    expect(await page('/?lang=vi', english)).toContain('<html lang="vi">');
    expect(await page('/', { ...english, 'sec-fetch-site': 'same-origin' })).toContain('<html lang="vi">');
    expect(await page('/?wants=secondary', english)).toContain('<html lang="vi">');
  });

  test('keeps the filters when the language changes, but not in its canonical address', async () => {
    const html = await page('/en?district=cao-loc&sort=area');
    expect(html).toContain('href="/zh?district=cao-loc&amp;sort=area"');
    expect(html).toMatch(/<link rel="canonical" href="[^"?]+\/en">/);
  });
});

describe('a cluster', () => {
  test('says what is known, with its day and source', async () => {
    const html = await page('/en/clusters/full');
    for (const text of ['22.5 ha', '25%', '31 January 2026', 'Báo cáo của chủ đầu tư', '21.85000, 106.76000'])
      expect(html).toContain(text);
    expect(html).toContain('href="/en/enquiry?cluster=full"');
  });

  test('says of everything else that it is not known, never 0', async () => {
    const unknown = { vi: 'chưa xác định', en: 'not known yet', zh: '尚未确定' };
    for (const language of LANGUAGES) {
      const html = await page(pathIn(language, '/clusters/bac-son-2'));
      expect(html.toLowerCase().split(unknown[language]).length).toBeGreaterThan(10);
      expect(html).not.toMatch(/>0\s?(ha|%)/);
    }
  });

  test('that is not public is not there', async () => {
    for (const path of ['/clusters/hidden', '/en/clusters/hidden', '/clusters/..%2fhidden'])
      expect((await t.http.anonymous.get(path, BROWSER)).status).toBe(404);
  });

  test('with a hostile name breaks out of nothing', async () => {
    for (const path of ['/', '/clusters/hostile', '/zh/clusters/hostile']) {
      const html = await page(path);
      expect(html).not.toContain('<script>');
      expect(html).not.toContain('<img src=x');
      expect(html).not.toContain('<i>gỗ');
    }
  });
});

describe('for search engines', () => {
  const publicPaths = async (): Promise<string[]> => {
    const { body } = await t.http.anonymous.get<{ items: { code: string }[] }>('/api/public/v1/clusters');
    const paths = [
      '/',
      '/open-data',
      '/enquiry',
      '/privacy',
      ...body.items.map(({ code }) => `/clusters/${code}`),
    ];
    return paths.flatMap((path) => LANGUAGES.map((language) => pathIn(language, path)));
  };

  test('the sitemap lists exactly the public pages', async () => {
    const { text, headers } = await t.http.anonymous.get('/sitemap.xml');
    expect(headers['content-type']).toContain('application/xml');
    const found = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address!).pathname);
    expect(found.toSorted()).toEqual((await publicPaths()).sort());
    for (const path of found.filter((one) => !one.includes('crowd-')))
      expect(await page(path)).toContain(`<link rel="canonical" href="${t.config.appUrl}${path}">`);
    expect(text).toMatch(/<lastmod>\d{4}-\d\d-\d\d<\/lastmod>/);
    expect(text).not.toContain('hidden');
  });

  test('robots are told where they may not go', async () => {
    const { text } = await t.http.anonymous.get('/robots.txt');
    for (const closed of ['/app', '/api/', '/r/', '/u/', '/p/', '/case', '/mailbox'])
      expect(text).toContain(`Disallow: ${closed}\n`);
    expect(text).toContain(`Sitemap: ${t.config.appUrl}/sitemap.xml`);
  });

  test('every language of a page names all of them, and itself', async () => {
    for (const path of ['/', '/open-data', '/clusters/full']) {
      const heads = await Promise.all(
        LANGUAGES.map(async (language) => {
          const html = await page(pathIn(language, path));
          expect(html).toContain(`<link rel="canonical" href="${t.config.appUrl}${pathIn(language, path)}">`);
          expect(html).not.toContain('noindex');
          return [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g)].map(
            ([, lang, href]) => `${lang} ${href}`,
          );
        }),
      );
      expect(heads[0]!.map((line) => line.split(' ')[0])).toEqual(['vi', 'en', 'zh', 'x-default']);
      expect(new Set(heads.map(String)).size).toBe(1);
    }
  });

  test('structured data can be read, and says the licence', async () => {
    for (const path of ['/', '/open-data', '/clusters/hostile', '/en/clusters/full']) {
      const blocks = [
        ...(await page(path)).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs),
      ].map(([, json]) => JSON.parse(json!) as { '@type': string; name?: string; license?: string });
      const types = blocks.map((block) => block['@type']);
      expect(types).toContain('GovernmentOrganization');
      expect(types).toContain(path.includes('clusters') ? 'Place' : 'Dataset');
      if (path === '/clusters/hostile') expect(blocks.at(-1)!.name).toContain('</script>');
      if (path === '/') expect(blocks.at(-1)!.license).toMatch(/^https:/);
    }
  });
});

describe('open data', () => {
  test('as CSV: every column has its words, formulas are texts, unknown is empty', async () => {
    const { text, headers } = await t.http.anonymous.get('/open-data/clusters.csv');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).toContain('\r\n');
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(40);
    expect(rows.find(({ code }) => code === 'hostile')!.source).toBe(`'=HYPERLINK("http://x")`);
    expect(rows.find(({ code }) => code === 'bac-son-2')).toMatchObject({ area_ha: '', occupancy_rate: '' });
    expect(rows.find(({ code }) => code === 'full')).toMatchObject({ free_ha: '22.5', latitude: '21.85' });
    expect(text).not.toContain('Bí mật');
    expect(headers.link).toMatch(/<https:.*>; rel="license"/);
    for (const language of LANGUAGES)
      expect(await page(pathIn(language, '/open-data'))).not.toContain('open_data_');
  });

  test('as GeoJSON: a point where the position is known, none elsewhere', async () => {
    const { text, headers } = await t.http.anonymous.get('/open-data/clusters.geojson');
    expect(headers['content-type']).toContain('application/geo+json');
    const { type, features, licence } = JSON.parse(text) as {
      type: string;
      licence: { url: string };
      features: { id: string; geometry: { coordinates: number[] } | null }[];
    };
    expect([type, features.length, licence.url.slice(0, 6)]).toEqual(['FeatureCollection', 40, 'https:']);
    expect(features.filter(({ geometry }) => geometry)).toMatchObject([
      { id: 'full', geometry: { type: 'Point', coordinates: [106.76, 21.85] } },
    ]);
    expect(text).not.toContain('Bí mật');
  });

  test('as JSON, with its licence; open to other sites, as nothing else is', async () => {
    const { body, headers } = await t.http.anonymous.get<{ licence: object; items: unknown[] }>(
      '/open-data/clusters.json',
      { origin: 'https://elsewhere.test' },
    );
    expect(body).toMatchObject({ licence: { url: expect.stringMatching(/^https:/) } });
    expect(body.items).toHaveLength(40);
    expect(headers['access-control-allow-origin']).toBe('*');
    const others = ['/', '/clusters/full', '/api/public/v1/clusters'];
    for (const path of others)
      expect((await t.http.anonymous.get(path)).headers['access-control-allow-origin']).toBeUndefined();
  });
});

test('pages of forty clusters stay below 60 kB', async () => {
  const style = bytes((await t.http.anonymous.get('/site.css')).text);
  for (const language of LANGUAGES)
    for (const path of [
      '/',
      '/?wants=secondary',
      '/clusters/full',
      '/clusters/hostile',
      '/open-data',
      '/clusters/x',
    ]) {
      const { text } = await t.http.anonymous.get(pathIn(language, path), BROWSER);
      expect([path, language, bytes(text) + style < 60_000]).toEqual([path, language, true]);
    }
});

test('what a reader has already is not sent again, until it changes', async () => {
  const first = await t.http.anonymous.get('/clusters/crowd-1');
  const known = { 'if-none-match': String(first.headers.etag) };
  expect((await t.http.anonymous.get('/clusters/crowd-1', known)).status).toBe(304);
  const [{ id, version }] = (await t.db.query(`SELECT id, version FROM cluster WHERE code = 'crowd-1'`)) as [
    { id: string; version: number },
  ];
  await t.asSystem(() => t.get(ClustersService).change(id, version, { areaHa: 33 }));
  expect((await t.http.anonymous.get('/clusters/crowd-1', known)).status).toBe(200);
  const { text } = await t.http.anonymous.get('/');
  const [, style] = /<link rel="stylesheet" href="([^"]+)">/.exec(text)!;
  expect((await t.http.anonymous.get(style!)).headers['cache-control']).toContain('immutable');
});

test('an address that is not there answers a person in the site’s look and in their language', async () => {
  const found: Record<string, string> = {
    '/nowhere': 'Không tìm thấy trang này',
    '/en/nowhere': 'This page was not found',
    '/zh/clusters/none': '未找到该页面',
  };
  for (const [path, words] of Object.entries(found)) {
    const answer = await t.http.anonymous.get(path, BROWSER);
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('noindex');
    expect(answer.text).toContain('class="top"');
    expect((await t.http.anonymous.get(path)).headers['content-type']).toContain('application/problem+json');
  }
  const api = await t.http.anonymous.get('/api/nowhere', BROWSER);
  expect(api.headers['content-type']).toContain('application/problem+json');
});
