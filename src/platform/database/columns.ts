import type { ValueTransformer } from 'typeorm';

/** `numeric` arrives as text; hectares and the like are safe as numbers, money is not and stays text. */
export const decimalNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
