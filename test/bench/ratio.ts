/** What one run of something measured, in a unit where more is better. */
export type Measure = () => Promise<number>;

export interface Comparison {
  /** Median of the rounds. */
  product: number;
  reference: number;
  ratio: number;
  /** Lowest and highest ratio of a round: a wide span says that the machine was noisy. */
  low: number;
  high: number;
  rounds: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Product and reference take turns, so that a machine that drifts drifts for both; one turn each warms up. */
export async function compare(product: Measure, reference: Measure, rounds = 3): Promise<Comparison> {
  await reference();
  await product();
  const pairs: { product: number; reference: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    const before = first ? await reference() : await product();
    const after = first ? await product() : await reference();
    pairs.push(first ? { reference: before, product: after } : { product: before, reference: after });
  }
  const ratios = pairs.map((pair) => pair.product / pair.reference);
  return {
    product: median(pairs.map((pair) => pair.product)),
    reference: median(pairs.map((pair) => pair.reference)),
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    rounds,
  };
}
