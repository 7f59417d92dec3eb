import type { HttpAnswer } from '../support/http-client.js';
import type { TestApp } from '../support/harness.js';

export type Fields = Record<string, string | string[]>;

export const typed = (overrides: Fields = {}): Fields => ({
  firmName: 'Công ty Cổ phần Hỏi Thăm',
  fullName: 'Lê Thị Hỏi',
  email: 'hoi@hoitham.test',
  phone: '0912 345 678',
  country: 'VN',
  taxCode: '',
  language: 'vi',
  kind: 'secondary',
  clusters: ['van-lang'],
  message: 'Xin cho biết giá thuê đất.',
  website: '',
  ...overrides,
});

let address = 0;

/** A network address that nobody else has. */
export const nextAddress = (): string => `10.1.${Math.floor(++address / 250)}.${(address % 250) + 1}`;

/** The page's one-use token, as it stands in the form. */
export const tokenIn = (html: string): string => /name="form" value="([^"]+)"/.exec(html)![1]!;

export const freshToken = async (t: TestApp, path = '/enquiry'): Promise<string> =>
  tokenIn((await t.http.anonymous.get(path)).text);

export interface Sending {
  path?: string;
  from?: string;
  headers?: Record<string, string>;
}

/** As a browser sends it: `application/x-www-form-urlencoded`. */
export function post(t: TestApp, fields: Fields, { path = '/enquiry', from, headers }: Sending = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  return t.http.anonymous.send<never>('POST', path, body.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html',
    'x-forwarded-for': from ?? nextAddress(),
    ...headers,
  });
}

/** Opens the page, fills it in as long as a person takes, and sends it. */
export async function fillIn(
  t: TestApp,
  overrides: Fields = {},
  sending: Sending = {},
): Promise<HttpAnswer<never>> {
  const form = await freshToken(t, sending.path);
  t.clock.advance(60_000);
  return post(t, typed({ form, ...overrides }), sending);
}

export const referenceIn = (html: string): string => /YC-\d{4}-\d{6}/.exec(html)![0];

/** The page after the form. */
export async function follow(t: TestApp, answer: HttpAnswer<never>): Promise<HttpAnswer<never>> {
  return t.http.anonymous.get(String(answer.headers.location));
}
