import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { HttpClient } from '../support/http-client.js';
import type { TestApp } from '../support/harness.js';

export interface SheetCell {
  value: string | number | null;
  /** What a reader computes anew. */
  formula?: string;
  text: boolean;
  day: boolean;
}

export interface ReadSheet {
  xml: string;
  rows: SheetCell[][];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (xml: string): string =>
  xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);

/** The sheets of a workbook, read from its parts and without the library that wrote them. */
export function readXlsx(content: Uint8Array): ReadSheet[] {
  const parts = Object.fromEntries(
    Object.entries(unzipSync(content)).map(([name, data]) => [name, strFromU8(data)]),
  );
  const styles = parts['xl/styles.xml']!;
  const formats = [
    ...(/<cellXfs[\s\S]*?<\/cellXfs>/.exec(styles)?.[0] ?? '').matchAll(/<xf [^>]*numFmtId="(\d+)"/g),
  ];
  const codes = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const isDay = (style: string | undefined) =>
    codes.get(formats[Number(style ?? 0)]?.[1])?.includes('yyyy') ?? false;
  const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>([\s\S]*?)<\/si>/g)].map(
    ([, inner]) =>
      plain([...inner!.matchAll(/<t(?: [^>]*)?>([\s\S]*?)<\/t>/g)].map(([, words]) => words).join('')),
  );
  return [1, 2].map((number) => {
    const xml = parts[`xl/worksheets/sheet${number}.xml`]!;
    return {
      xml,
      rows: [...xml.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)].map(([, row]) => cellsOf(row!, isDay, shared)),
    };
  });
}

function cellsOf(row: string, isDay: (style: string | undefined) => boolean, shared: string[]): SheetCell[] {
  const cells: SheetCell[] = [];
  for (const [, attributes = '', inner = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const type = attribute('t');
    const letters = attribute('r')!.replace(/\d/g, '');
    const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    const formula = /<f>([\s\S]*?)<\/f>/.exec(inner)?.[1];
    const text = type === 'str' || type === 'inlineStr' || type === 's';
    const said = /<(?:v|t)(?: [^>]*)?>([\s\S]*?)<\/(?:v|t)>/.exec(inner)?.[1];
    const value =
      said === undefined ? null : type === 's' ? shared[Number(said)]! : text ? plain(said) : Number(said);
    cells[index] = { value, text, day: !text && isDay(attribute('s')), ...(formula && { formula }) };
  }
  return Array.from(cells, (cell) => cell ?? { value: null, text: false, day: false });
}

/** `SUBTOTAL(9,C2:C8)`, computed from the cells that it names. */
export function compute(formula: string, rows: SheetCell[][]): number {
  const [, column = '', from, , to] = /^SUBTOTAL\(9,([A-Z]+)(\d+):([A-Z]+)(\d+)\)$/.exec(formula)!;
  const index = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return rows
    .slice(Number(from) - 1, Number(to))
    .reduce((sum, row) => sum + (typeof row[index]?.value === 'number' ? row[index].value : 0), 0);
}

export async function download(t: TestApp, client: HttpClient, path: string, language = 'en') {
  const { rawPayload, statusCode, headers } = await t.app.inject({
    method: 'GET',
    url: `/api/v1/reports/${path}`,
    headers: { ...client.headers, 'accept-language': language },
  });
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${rawPayload.toString()}`);
  return { content: new Uint8Array(rawPayload), headers };
}

export const readCsv = (content: Uint8Array): string[][] => parse(Buffer.from(content), { bom: true });

export interface ReadPdf {
  pages: {
    text: string;
    width: number;
    height: number;
    lines: { text: string; x: number; right: number; y: number }[];
  }[];
  /** Fonts of the reader's machine instead of the file's. */
  unembedded: string[];
}

export async function readPdf(content: Uint8Array): Promise<ReadPdf> {
  const raw = Buffer.from(content).toString('latin1');
  const task = getDocument({ data: content, useSystemFonts: false });
  const document = await task.promise;
  const pages: ReadPdf['pages'] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const lines = (await page.getTextContent()).items.flatMap((item) =>
      'str' in item && item.str.trim()
        ? [
            {
              text: item.str,
              x: item.transform[4] as number,
              right: item.transform[4] + item.width,
              y: item.transform[5] as number,
            },
          ]
        : [],
    );
    pages.push({
      text: lines
        .map(({ text }) => text)
        .join(' ')
        .normalize('NFC'),
      width,
      height,
      lines,
    });
  }
  await task.destroy();
  return { pages, unembedded: raw.match(/\/BaseFont \/(Helvetica|Times|Courier)[\w-]*/g) ?? [] };
}

type Words = Record<string, string>;
const WORDS = JSON.parse(
  readFileSync(new URL('../../src/platform/i18n/locales/en/reports.json', import.meta.url), 'utf8'),
) as Words;

/** The column that a heading names, with what stands in its brackets. */
export function columnOf(heading: string): { key: string; param: string | undefined }[] {
  return Object.entries(WORDS).flatMap(([name, words]) => {
    if (!name.startsWith('column_')) return [];
    const escaped = words.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\{\w+\}\}/, '(\\w+)');
    const match = new RegExp(`^${escaped}$`).exec(heading);
    return match ? [{ key: name.replace('column_', ''), param: match[1] }] : [];
  });
}
