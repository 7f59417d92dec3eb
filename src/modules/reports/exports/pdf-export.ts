import { finishPdf, startPdf, WHOLE_LETTERS, type Pdf } from '../../../platform/pdf/pdf.js';
import { words } from '../report-words.js';
import { bandsOf, PADDING, printedColumns, SIZE, widthsOf, type PrintedColumn } from './pdf-columns.js';
import type { ReportPaper } from './report-paper.js';

const MARGIN = 36;
const FOOT = 18;
const INK = '#1f2933';
const SOFT = '#52606d';
const RULE = '#9aa5b1';
const SHADE = '#e4e9ee';
/** Chinese and its punctuation; the other font has none of it. */
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** A4, upright where the table fits so; its heads again on each sheet, and how many sheets there are. */
export async function toPdf(paper: ReportPaper): Promise<Buffer> {
  const options = {
    language: paper.language,
    title: paper.title,
    author: paper.agency,
    createdAt: paper.madeAt,
    margin: MARGIN,
    chinese: CHINESE.test(JSON.stringify([paper.table.rows, paper.facts])),
  };
  const upright = await startPdf(options);
  const columns = printedColumns(upright, paper);
  const fits = widthsOf(columns) <= upright.page.width - 2 * MARGIN;
  const pdf = fits ? upright : await startPdf({ ...options, layout: 'landscape' });
  // nothing that is written near the edge begins a page of its own
  pdf.page.margins.bottom = 0;
  const sheet = new Sheet(pdf, paper.title);
  sheet.line(paper.agency, 9, SOFT);
  sheet.line(paper.title, 15, INK, 'bold', 'H1');
  for (const [label, value] of paper.facts) sheet.line(`${label}: ${value}`, 8.5, INK);
  sheet.gap(6);
  const totals = paper.table.totals !== null;
  for (const band of bandsOf(columns, paper.table, sheet.width)) sheet.table(band, totals);
  if (paper.table.rows.length === 0) sheet.line(words(paper.language, 'export_no_rows'), 8.5, SOFT);
  for (const note of paper.notes) sheet.line(note, 8, SOFT);
  sheet.end((page, count) => words(paper.language, 'export_page', { page, count }));
  return finishPdf(pdf);
}

/** Writes from top to bottom and goes on on the next sheet; every word is tagged for those who listen to it. */
class Sheet {
  private y = MARGIN;
  private readonly root;

  constructor(
    private readonly pdf: Pdf,
    private readonly title: string,
  ) {
    this.root = pdf.struct('Document');
    pdf.addStructure(this.root);
  }

  get width(): number {
    return this.pdf.page.width - 2 * MARGIN;
  }

  gap(points: number): void {
    this.y += points;
  }

  line(text: string, size: number, color: string, font: 'regular' | 'bold' = 'regular', tag = 'P'): void {
    if (text === '') return;
    const height = this.prepare(font, size).heightOfString(text, { ...WHOLE_LETTERS, width: this.width });
    this.makeRoom(height);
    const { y } = this;
    this.say(tag, () =>
      this.prepare(font, size)
        .fillColor(color)
        .text(text, MARGIN, y, { ...WHOLE_LETTERS, width: this.width, height: height + 2 }),
    );
    this.y += height + 2;
  }

  /** @param totals whether the last cells are the totals */
  table(columns: PrintedColumn[], totals: boolean): void {
    const count = columns[0]!.cells.length;
    const heads = columns.map(({ head }) => head);
    const headHeight = this.heightOf(columns, heads, 'bold');
    this.makeRoom(headHeight + 3 * SIZE);
    this.row(columns, heads, { font: 'bold', shade: true, tag: 'TH' });
    for (let place = 0; place < count; place += 1) {
      const whole = totals && place === count - 1;
      const font = whole ? 'bold' : 'regular';
      const cells = columns.map(({ cells: own }) => own[place]!);
      if (this.makeRoom(this.heightOf(columns, cells, font)))
        this.row(columns, heads, { font: 'bold', shade: true, tag: 'TH' });
      this.row(columns, cells, { font, shade: whole, tag: 'TD' });
    }
    this.gap(10);
  }

  end(pageWords: (page: number, count: number) => string): void {
    this.root.end();
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      const y = this.pdf.page.height - MARGIN;
      this.pdf.markContent('Artifact', { type: 'Pagination' });
      this.prepare('regular', 7.5).fillColor(SOFT);
      this.pdf.text(this.title, MARGIN, y, { ...WHOLE_LETTERS, lineBreak: false });
      const words = pageWords(page + 1, count);
      const x = MARGIN + this.width - this.pdf.widthOfString(words, WHOLE_LETTERS);
      this.pdf.text(words, x, y, { ...WHOLE_LETTERS, lineBreak: false });
      this.pdf.endMarkedContent();
    }
  }

  private row(
    columns: PrintedColumn[],
    cells: string[],
    { font, shade, tag }: { font: 'regular' | 'bold'; shade: boolean; tag: string },
  ): void {
    const height = this.heightOf(columns, cells, font);
    const { y } = this;
    const width = widthsOf(columns);
    this.pdf.markContent('Artifact');
    if (shade) this.pdf.rect(MARGIN, y, width, height).fill(SHADE);
    this.pdf
      .moveTo(MARGIN, y + height)
      .lineTo(MARGIN + width, y + height)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    this.pdf.endMarkedContent();
    let x = MARGIN;
    columns.forEach((column, index) => {
      const at = x + PADDING;
      this.say(tag, () =>
        this.prepare(font, SIZE)
          .fillColor(INK)
          .text(cells[index]!, at, y + PADDING, {
            ...WHOLE_LETTERS,
            width: column.width - 2 * PADDING,
            height,
            align: column.numeric ? 'right' : 'left',
          }),
      );
      x += column.width;
    });
    this.y += height;
  }

  private heightOf(columns: PrintedColumn[], cells: string[], font: 'regular' | 'bold'): number {
    this.prepare(font, SIZE);
    const heights = columns.map(({ width }, index) =>
      this.pdf.heightOfString(cells[index]! || ' ', { ...WHOLE_LETTERS, width: width - 2 * PADDING }),
    );
    return Math.max(...heights) + 2 * PADDING;
  }

  /** Whether that took a new sheet. */
  private makeRoom(height: number): boolean {
    if (this.y + height <= this.pdf.page.height - MARGIN - FOOT) return false;
    this.pdf.addPage();
    this.pdf.page.margins.bottom = 0;
    this.y = MARGIN;
    return true;
  }

  private say(tag: string, draw: () => void): void {
    this.root.add(this.pdf.struct(tag, {}, [draw]));
  }

  private prepare(font: 'regular' | 'bold', size: number): Pdf {
    return this.pdf.font(font).fontSize(size);
  }
}
