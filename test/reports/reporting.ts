import { afterAll, beforeAll } from '@jest/globals';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';
import { generate, type Generated } from './generated.js';

export interface Reporting {
  t: TestApp;
  world: Generated;
  manager: HttpClient;
  /** A report as the manager reads it; anything but an answer fails the test. */
  report<R>(path: string): Promise<R>;
}

/** A program with generated leads, rounds and reminders, for all tests of a file. */
export function reporting(seed: number, leads: number): Reporting {
  const shared = {
    report: async <R>(path: string): Promise<R> => {
      const { status, body, text } = await shared.manager.get<R>(`/api/v1/reports/${path}`);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
      return body;
    },
  } as Reporting;
  beforeAll(async () => {
    shared.t = await startApp();
    shared.world = await generate(shared.t, seed, leads);
    shared.manager = await shared.t.http.as('manager');
  }, 120_000);
  afterAll(() => shared.t?.close());
  return shared;
}
