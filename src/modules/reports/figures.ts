import { trimDecimal } from './decimals.rules.js';
import { codeWords } from './report-words.js';
import { rowsLink, type ReportScope } from './report-scope.js';
import type { Figure, KnownSum, MoneyFigure, PartFigure } from './figures.dto.js';
import { splitOf, type Tallies } from './tally.rules.js';

/** Turns what was counted for one group, or the whole, into figures that carry their rows. */
export class FigureMaker {
  constructor(
    private readonly report: string,
    private readonly scope: ReportScope,
    private readonly tallies: Tallies,
    /** Left out for the whole. */
    private readonly group?: string,
  ) {}

  rows(figure: string): string {
    return rowsLink(this.report, this.scope, figure, this.group);
  }

  count(figure: string): Figure {
    return { value: this.tallies[figure]?.count ?? 0, rows: this.rows(figure) };
  }

  known(figure: string): KnownSum {
    const tally = this.tallies[figure];
    return {
      value: Number(tally?.sum ?? 0),
      known: tally?.count ?? 0,
      rows: this.rows(figure),
      unknown: this.count(`${figure}.unknown`),
    };
  }

  money(figure: string): MoneyFigure {
    const { parts } = splitOf(this.tallies, figure);
    return {
      sums: parts.map(({ value: currency, tally }) => ({
        value: { amount: trimDecimal(tally.sum ?? '0'), currency },
        count: tally.count,
        rows: this.rows(`${figure}.${currency}`),
      })),
      unknown: this.count(`${figure}.unknown`),
    };
  }

  /** Largest first. */
  parts(figure: string, family: string): PartFigure[] {
    const { parts, unknown } = splitOf(this.tallies, figure);
    const all = [
      ...parts.map(({ value, tally }) => ({ code: value, value: tally.count })),
      ...(unknown > 0 ? [{ code: 'unknown', value: unknown }] : []),
    ];
    return all
      .map(({ code, value }) => ({
        code,
        label: codeWords(this.scope.language, family, code),
        value,
        rows: this.rows(`${figure}.${code}`),
      }))
      .sort((a, b) => b.value - a.value || a.code.localeCompare(b.code));
  }
}
