import { setTimeout as pause } from 'node:timers/promises';

/** Longer than the work of any enquiry on an idle machine. */
const STEP_MS = 400;

/**
 * The answer leaves after a whole number of steps: whether a firm, a person or a lead was found, made, refused or left
 * alone cannot be told from how long it took. Nothing is held meanwhile.
 */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  const passed = performance.now() - began;
  await pause(Math.max(1, Math.ceil(passed / STEP_MS)) * STEP_MS - passed);
  return result;
}
