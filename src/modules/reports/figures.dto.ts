import { Money } from '../../platform/http/fields.js';

/** A number and the address that lists exactly what it counts. */
export class Figure {
  value: number;
  /** Lists the rows; its `total` is the value. @example "/api/v1/reports/pipeline/rows?asOf=2026-03-31&figure=count" */
  rows: string;
}

/** The sum of what is known, and how many rows say nothing. */
export class KnownSum {
  /** Sum over the rows that have a value; 0 when none has. */
  value: number;
  /** How many rows have a value. */
  known: number;
  /** Lists them; its `sum` is the value. */
  rows: string;
  unknown: Figure;
}

export class MoneySum {
  value: Money;
  /** How many rows make it up. */
  count: number;
  /** Lists them; its `sum` is the amount. */
  rows: string;
}

/** Sums by currency, never added to each other. */
export class MoneyFigure {
  sums: MoneySum[];
  /** Rows without an amount. */
  unknown: Figure;
}

/** One part of a figure: a reason, an answer. */
export class PartFigure extends Figure {
  /** @example "answered_interested" */
  code: string;
  label: string;
}
