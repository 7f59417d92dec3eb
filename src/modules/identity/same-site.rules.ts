import type { IncomingHttpHeaders } from 'node:http';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changesState(method: string): boolean {
  return !SAFE.has(method);
}

/**
 * Whether the request comes from our own pages: its Origin is the configured address or the host it was sent
 * to. Without an Origin, browsers still say where they come from (`Sec-Fetch-Site`); a client that says
 * neither is no browser and carries only the cookie that its owner gave it.
 */
export function isSameSite(headers: IncomingHttpHeaders, appUrl: string): boolean {
  const origin = headers.origin;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (!URL.canParse(origin)) return false;
  const { origin: from, host } = new URL(origin);
  return from === new URL(appUrl).origin || (host !== '' && host === headers.host);
}
