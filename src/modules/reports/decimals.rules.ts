/** Exact sums of what PostgreSQL's `numeric` printed, at most two decimals: never through a JavaScript number. */
export function addDecimals(values: readonly string[]): string {
  return fromCents(values.reduce((sum, value) => sum + toCents(value), 0n));
}

/** `"457600000000.00"` is shown as `"457600000000"`. */
export function trimDecimal(value: string): string {
  return value.replace(/\.0+$/, '');
}

function toCents(value: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) throw new Error(`"${value}" is no decimal number.`);
  const [, sign, whole, fraction = ''] = match;
  if (fraction.slice(2).replaceAll('0', '') !== '') throw new Error(`"${value}" has more than two decimals.`);
  const cents = BigInt(whole!) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
  return sign ? -cents : cents;
}

function fromCents(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return trimDecimal(`${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

/** One sum in equal parts, rounded half up to two decimals. */
export function divideDecimal(value: string, parts: number): string {
  const divisor = BigInt(parts);
  return fromCents((toCents(value) * 2n + divisor) / (divisor * 2n));
}
