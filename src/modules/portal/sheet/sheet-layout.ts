import { WHOLE_LETTERS, type Pdf } from '../../../platform/pdf/pdf.js';
import type { SheetRow, SheetSection } from './sheet-content.js';

/** How much is cut so that everything stays on one sheet. */
export interface Level {
  /** Of the type sizes. */
  scale: number;
  /** Rows of one section. */
  rows: number;
  /** Characters of one value, label or note. */
  letters: number;
  notes: boolean;
}

/** From everything to what fits whatever the data: the last one is bounded by its numbers. */
export const LEVELS: readonly Level[] = [
  { scale: 1.18, rows: 99, letters: 400, notes: true },
  { scale: 1.08, rows: 99, letters: 400, notes: true },
  { scale: 1, rows: 99, letters: 400, notes: true },
  { scale: 0.92, rows: 20, letters: 240, notes: true },
  { scale: 0.85, rows: 12, letters: 160, notes: true },
  { scale: 0.8, rows: 9, letters: 100, notes: true },
  { scale: 0.78, rows: 8, letters: 70, notes: true },
  { scale: 0.76, rows: 8, letters: 60, notes: false },
  { scale: 0.7, rows: 8, letters: 34, notes: false },
];

export interface Box {
  x: number;
  y: number;
  width: number;
}

export const INK = '#1f2933';
export const SOFT = '#52606d';
export const RULE = '#cbd2d9';
export const MAIN = '#0b5cab';

export function cut(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters
    ? text
    : `${all
        .slice(0, letters - 1)
        .join('')
        .trimEnd()}…`;
}

export interface Words {
  font?: 'regular' | 'bold';
  size: number;
  color?: string;
}

/** Measures what it writes; on a trial run it writes nothing. */
export class Column {
  y: number;

  constructor(
    private readonly pdf: Pdf,
    private readonly box: Box,
    private readonly level: Level,
    private readonly say: ((tag: string, draw: () => void) => void) | null,
  ) {
    this.y = box.y;
  }

  section({ title, rows, empty }: SheetSection, leftOut: (count: number) => string): void {
    this.heading(title);
    if (rows.length === 0 && empty)
      this.paragraph(cut(empty, this.level.letters), { size: 8.5, color: SOFT });
    for (const row of rows.slice(0, this.level.rows)) this.row(row);
    const rest = rows.length - this.level.rows;
    if (rest > 0) this.paragraph(leftOut(rest), { size: 7.5, color: SOFT });
    this.y += 7 * this.level.scale;
  }

  heading(title: string): void {
    this.paragraph(title, { font: 'bold', size: 10.5, color: MAIN }, 'H2');
    if (this.say) {
      const { x, width } = this.box;
      this.pdf
        .moveTo(x, this.y)
        .lineTo(x + width, this.y)
        .lineWidth(0.5)
        .strokeColor(RULE)
        .stroke();
    }
    this.y += 3 * this.level.scale;
  }

  paragraph(text: string, words: Words, tag = 'P'): void {
    this.y += this.write(text, { ...this.box, y: this.y }, words, tag) + 1.5 * this.level.scale;
  }

  private row({ label, value, note }: SheetRow): void {
    const { letters, notes } = this.level;
    const { x, width } = this.box;
    const gap = 6;
    const labelWidth = label === '' ? 0 : width * 0.44;
    const valueX = x + labelWidth + (label === '' ? 0 : gap);
    const valueBox = { x: valueX, y: this.y, width: x + width - valueX };
    const left =
      label === ''
        ? 0
        : this.write(cut(label, letters), { x, y: this.y, width: labelWidth }, { size: 8.5, color: SOFT });
    let right = this.write(cut(value, letters), valueBox, {
      size: 8.5,
      font: label === '' ? 'bold' : 'regular',
    });
    if (note && notes)
      right += this.write(cut(note, letters), { ...valueBox, y: this.y + right }, { size: 7, color: SOFT });
    this.y += Math.max(left, right) + 2.2 * this.level.scale;
  }

  private write(text: string, box: Box, { font = 'regular', size, color = INK }: Words, tag = 'P'): number {
    if (text === '') return 0;
    const prepare = () => this.pdf.font(font).fontSize(size * this.level.scale);
    const height = prepare().heightOfString(text, { ...WHOLE_LETTERS, width: box.width });
    this.say?.(tag, () => {
      prepare()
        .fillColor(color)
        .text(text, box.x, box.y, { ...WHOLE_LETTERS, width: box.width, height: height + 2 });
    });
    return height;
  }
}
