import { translate } from '../../../platform/i18n/i18n.js';
import { finishPdf, startPdf, WHOLE_LETTERS, type Pdf } from '../../../platform/pdf/pdf.js';
import { MAP_HEIGHT, MAP_TILES, MAP_WIDTH } from '../catalogue/district-map.rules.js';
import { Column, cut, INK, LEVELS, MAIN, RULE, SOFT, type Level } from './sheet-layout.js';
import type { SheetContent } from './sheet-content.js';

const MARGIN = 40;
const GAP = 22;
const FOOT = 46;
const MAP_SHOWN = 150;

type Say = (tag: string, draw: () => void) => void;

/** One A4 page, however much there is to say. */
export async function sheetPdf(content: SheetContent, createdAt: Date): Promise<Buffer> {
  const pdf = await startPdf({
    language: content.language,
    title: content.title,
    author: content.host,
    createdAt,
    margin: MARGIN,
  });
  // nothing that is written near the edge begins a second page
  pdf.page.margins.bottom = 0;
  const bottom = pdf.page.height - MARGIN - FOOT;
  const level =
    LEVELS.find((one) => Math.max(...layOut(pdf, content, one, null)) <= bottom) ?? LEVELS.at(-1)!;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const say: Say = (tag, draw) => {
    root.add(pdf.struct(tag, {}, [draw]));
  };
  layOut(pdf, content, level, say);
  foot(pdf, content, say);
  root.end();
  return finishPdf(pdf);
}

/** Where its columns end. @param say null for a trial run */
function layOut(pdf: Pdf, content: SheetContent, level: Level, say: Say | null): number[] {
  const width = pdf.page.width - 2 * MARGIN;
  const half = (width - GAP) / 2;
  const head = new Column(pdf, { x: MARGIN, y: MARGIN, width }, level, say);
  head.paragraph(cut(content.host, 120), { size: 9, color: SOFT });
  head.paragraph(cut(content.title, 160), { font: 'bold', size: 19 }, 'H1');
  head.paragraph(cut(content.status, 80), { font: 'bold', size: 11, color: MAIN });
  head.paragraph(cut(content.place, Math.max(160, level.letters)), { size: 9, color: SOFT });
  if (content.summary) head.paragraph(cut(content.summary, Math.max(120, level.letters)), { size: 9.5 });
  const top = head.y + 6 * level.scale;
  const leftOut = (count: number) => translate(content.language, 'pages:sheet_left_out', { count });
  const left = new Column(pdf, { x: MARGIN, y: top, width: half }, level, say);
  for (const section of content.left) left.section(section, leftOut);
  const x = MARGIN + half + GAP;
  if (say) say('Figure', () => locator(pdf, content, { x: x + (half - MAP_SHOWN) / 2, y: top }));
  const mapEnd = top + (MAP_SHOWN * MAP_HEIGHT) / MAP_WIDTH + 4;
  const right = new Column(pdf, { x, y: mapEnd, width: half }, level, say);
  right.paragraph(content.mapHint, { size: 7, color: SOFT });
  right.y += 5 * level.scale;
  for (const section of content.right) right.section(section, leftOut);
  right.heading(content.contact.title);
  for (const line of content.contact.lines)
    right.paragraph(cut(line, Math.max(80, level.letters)), { size: 8.5 });
  return [left.y, right.y];
}

/** The district among the others, as equal tiles where they lie to one another. */
function locator(pdf: Pdf, { districtCode, districtName }: SheetContent, at: { x: number; y: number }): void {
  const scale = MAP_SHOWN / MAP_WIDTH;
  pdf.save().translate(at.x, at.y).scale(scale).lineWidth(2);
  for (const { code, points, x, y } of MAP_TILES) {
    const corners = points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]);
    const chosen = code === districtCode;
    pdf.polygon(...corners).fillAndStroke(chosen ? MAIN : '#eef2f6', chosen ? MAIN : RULE);
    if (!chosen) continue;
    pdf.font('bold').fontSize(15).fillColor('#ffffff');
    const height = pdf.heightOfString(districtName, { ...WHOLE_LETTERS, width: 70, align: 'center' });
    pdf.text(districtName, x - 35, y - height / 2, {
      ...WHOLE_LETTERS,
      width: 70,
      align: 'center',
      height: height + 4,
    });
  }
  pdf.restore();
}

function foot(pdf: Pdf, content: SheetContent, say: Say): void {
  const width = pdf.page.width - 2 * MARGIN;
  const y = pdf.page.height - MARGIN - FOOT + 10;
  pdf
    .moveTo(MARGIN, y - 5)
    .lineTo(MARGIN + width, y - 5)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
  const lines: [text: string, color: string, link?: string][] = [
    [content.more, INK, content.address],
    [content.source, SOFT],
    [content.printed, SOFT],
  ];
  lines.forEach(([text, color, link], index) => {
    say('P', () => {
      pdf
        .font('regular')
        .fontSize(8)
        .fillColor(color)
        .text(text, MARGIN, y + index * 13, {
          ...WHOLE_LETTERS,
          width,
          height: 11,
          ellipsis: true,
          ...(link && { link }),
        });
    });
  });
}
