import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Language } from '../i18n/i18n.js';

const { resolve } = createRequire(import.meta.url);

/** Files of the fonts: Noto Sans writes Vietnamese and English; its Chinese sister writes all three. */
const FONTS = {
  latin: {
    regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  },
  chinese: {
    regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
};

const read = new Map<string, Promise<Buffer>>();

/** Read once: the Chinese ones have ten megabytes. */
function fontFile(path: string): Promise<Buffer> {
  const known = read.get(path) ?? readFile(resolve(path));
  read.set(path, known);
  return known;
}

/**
 * For every `text` and measure: a letter with marks stays one sign. Taken apart, as the fonts would, the letter below
 * would be read, copied and searched as the first one that shares its shape: "Dịện" for "Diện".
 */
export const WHOLE_LETTERS = { features: { ccmp: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[] };

export type Pdf = PDFKit.PDFDocument;

export interface PdfOptions {
  language: Language;
  title: string;
  author: string;
  /** The program's time, not the machine's. */
  createdAt: Date;
  /** The text has Chinese in it, whatever the language is. */
  chinese?: boolean;
  layout?: 'portrait' | 'landscape';
  /** Points from each edge of the sheet. */
  margin?: number;
}

/**
 * An A4 document with the fonts `regular` and `bold` of its language embedded; only the letters that are used are
 * stored. The caller draws, then `finishPdf`s.
 */
export async function startPdf(options: PdfOptions): Promise<Pdf> {
  const { regular, bold } = FONTS[options.language === 'zh' || options.chinese ? 'chinese' : 'latin'];
  const [regularFont, boldFont] = await Promise.all([fontFile(regular), fontFile(bold)]);
  const pdf = new PDFDocument({
    size: 'A4',
    layout: options.layout ?? 'portrait',
    margin: options.margin ?? 40,
    bufferPages: true,
    lang: options.language,
    displayTitle: true,
    pdfVersion: '1.7',
    tagged: true,
    info: {
      Title: options.title,
      Author: options.author,
      CreationDate: options.createdAt,
      ModDate: options.createdAt,
    },
  });
  pdf.registerFont('regular', regularFont);
  pdf.registerFont('bold', boldFont);
  return pdf.font('regular');
}

/** The whole document, once everything is drawn. */
export async function finishPdf(pdf: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done, failed) => {
    pdf.once('end', done);
    pdf.once('error', failed);
  });
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}
