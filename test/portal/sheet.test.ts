import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ClusterLandService } from '../../src/modules/directory/land/cluster-land.service.js';
import { ClusterRecordsService } from '../../src/modules/directory/cluster-records.service.js';
import { ClustersService } from '../../src/modules/directory/clusters.service.js';
import { ACCESS_KINDS } from '../../src/modules/directory/land/cluster-access.entity.js';
import { UTILITY_KINDS } from '../../src/modules/directory/land/cluster-utility.entity.js';
import { IncentivesService } from '../../src/modules/directory/land/incentives.service.js';
import { givenCluster } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

interface Sheet {
  pages: number;
  /** Without any blank, since a line may break anywhere. */
  text: string;
  size: number;
  boxes: { text: string; left: number; right: number; bottom: number; top: number }[];
  unembedded: string[];
}

async function sheetOf(path: string): Promise<Sheet> {
  const { rawPayload, statusCode, headers } = await t.app.inject({ method: 'GET', url: path });
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('application/pdf');
  const task = getDocument({ data: new Uint8Array(rawPayload), useSystemFonts: false });
  const document: PDFDocumentProxy = await task.promise;
  const page = await document.getPage(1);
  const { items } = await page.getTextContent();
  const boxes = items.flatMap((item) =>
    'str' in item && item.str.trim()
      ? [
          {
            text: item.str,
            left: item.transform[4] as number,
            right: (item.transform[4] as number) + item.width,
            bottom: item.transform[5] as number,
            top: (item.transform[5] as number) + item.height,
          },
        ]
      : [],
  );
  const raw = rawPayload.toString('latin1');
  const sheet = {
    pages: document.numPages,
    text: bare(boxes.map(({ text }) => text).join('')),
    size: rawPayload.length,
    boxes,
    unembedded: raw.match(/\/BaseFont \/(Helvetica|Times|Courier)[\w-]*/g) ?? [],
  };
  await task.destroy();
  return sheet;
}

const bare = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

/** No line is written over another, and none leaves the page. */
function expectClean({ boxes }: Sheet): void {
  for (const box of boxes) {
    expect(box.left).toBeGreaterThan(30);
    expect(box.right).toBeLessThan(595 - 30);
    expect(box.bottom).toBeGreaterThan(20);
    for (const other of boxes) {
      if (other === box) continue;
      const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const down = Math.min(box.top, other.top) - Math.max(box.bottom, other.bottom);
      if (across > 1 && down > 3) throw new Error(`“${box.text}” lies over “${other.text}”`);
    }
  }
}

describe('the sheet of a cluster', () => {
  it.each([
    [
      '',
      [
        'Cụm công nghiệp Hòa Sơn 1',
        'Đã thành lập',
        'Diện tích toàn cụm',
        '74,9 ha',
        'chưa xác định',
        'Xử lý nước thải',
        'Chưa xác định',
        'Hữu Lũng',
        'Tân Thành',
        'Quyết định 1586, 4/10/2023',
      ],
    ],
    [
      '/en',
      [
        'Cụm công nghiệp Hòa Sơn 1',
        'Established',
        '74.9 ha',
        'not known yet',
        'Hữu Lũng',
        'Quyết định 1586, 4/10/2023',
      ],
    ],
    ['/zh', ['Cụm công nghiệp Hòa Sơn 1', '74.9公顷', '尚未确定', '土地', 'Hữu Lũng']],
  ])('says what the page says, in its language (%s)', async (prefix, words) => {
    const sheet = await sheetOf(`${prefix}/clusters/hoa-son-1/sheet.pdf`);
    expect(sheet.pages).toBe(1);
    for (const word of words) expect(sheet.text).toContain(bare(word));
    expect(sheet.text).toContain(`${prefix}/clusters/hoa-son-1`);
    expect(sheet.unembedded).toEqual([]);
    expect(sheet.size).toBeLessThan(300_000);
    expectClean(sheet);
  });

  it('stays on one page however much there is to say', async () => {
    const { id, code } = await givenCluster(t, {
      isPublic: true,
      name: 'Cụm công nghiệp '.padEnd(200, 'dài '),
    });
    const long = 'một câu khá dài về nội dung này '.repeat(15).trim();
    const words = { vi: long.slice(0, 290), en: null, zh: '内容很多'.repeat(70) };
    await t.asSystem(async () => {
      await t.get(ClustersService).change(id, 1, {
        summaryVi: long.repeat(8),
        sectors: Array.from({ length: 20 }, (_, i) => `ngành ${i} ${'x'.repeat(80)}`),
      });
      for (let i = 0; i < 30; i++)
        await t.get(ClusterLandService).addAccess(id, {
          kind: ACCESS_KINDS[i % ACCESS_KINDS.length]!,
          name: words,
          distanceKm: i,
          source: long,
        });
      for (const kind of UTILITY_KINDS)
        await t
          .get(ClusterLandService)
          .addUtility(id, { kind, state: 'planned', capacity: words, source: long });
      for (let i = 0; i < 20; i++)
        await t.get(IncentivesService).create({
          code: `day-${i}`,
          title: words,
          text: words,
          legalDocument: long.slice(0, 300),
          sourceGrade: 'secondary',
          appliesTo: 'both',
          scope: 'clusters',
          clusterIds: [id],
          effectiveFrom: '2024-01-01',
          isPublic: true,
        });
      for (const kind of ['detailed_plan_approved', 'land_cleared', 'ground_broken'] as const)
        await t
          .get(ClusterRecordsService)
          .addMilestone(id, { kind, source: long, decisionNumber: long.slice(0, 200) });
    });
    for (const prefix of ['', '/en', '/zh']) {
      const sheet = await sheetOf(`${prefix}/clusters/${code}/sheet.pdf`);
      expect(sheet.pages).toBe(1);
      expect(sheet.size).toBeLessThan(300_000);
      expectClean(sheet);
      expect(sheet.text).toContain('…');
      expect(sheet.text).toContain(`${prefix}/clusters/${code}`);
    }
  });

  it('is kept until something that it says changes', async () => {
    const { id, code } = await givenCluster(t, { isPublic: true });
    const path = `/clusters/${code}/sheet.pdf`;
    const first = await t.http.anonymous.get(path);
    const tag = String(first.headers.etag);
    expect((await t.http.anonymous.get(path, { 'if-none-match': tag })).status).toBe(304);
    await t.asSystem(() => t.get(ClustersService).change(id, 1, { areaHa: 51 }));
    const second = await t.http.anonymous.get(path, { 'if-none-match': tag });
    expect(second.status).toBe(200);
    expect(second.headers.etag).not.toBe(tag);
  });

  it('is not there for what is not public', async () => {
    const { code } = await givenCluster(t, { isPublic: false });
    expect((await t.http.anonymous.get(`/clusters/${code}/sheet.pdf`)).status).toBe(404);
    expect((await t.http.anonymous.get(`/en/clusters/khong-co/sheet.pdf`)).status).toBe(404);
  });
});
