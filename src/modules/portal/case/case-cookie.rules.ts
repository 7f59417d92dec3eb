import type { IncomingHttpHeaders } from 'node:http';
import { changesState, isSameSite } from '../../identity/same-site.rules.js';
import { isToken, SESSION_LIFE_MS } from './case-token.rules.js';

/** `__Secure-` binds it to https; a browser refuses it elsewhere. */
export function cookieName(appUrl: string): string {
  return `${appUrl.startsWith('https:') ? '__Secure-' : ''}dong-hanh.case`;
}

/** Sent to the pages of this one case only. With no token it ends. */
export function caseCookie(appUrl: string, caseId: string, token: string | null): string {
  const life = token === null ? 0 : SESSION_LIFE_MS / 1000;
  const secure = appUrl.startsWith('https:') ? '; Secure' : '';
  return `${cookieName(appUrl)}=${token ?? ''}; Path=/case/${caseId}; Max-Age=${life}; HttpOnly; SameSite=Lax${secure}`;
}

/** Every token under that name: a browser may hold some that were set for another path. */
export function caseTokens(cookies: string | undefined, appUrl: string): string[] {
  const name = cookieName(appUrl);
  return (cookies ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    const value = part.slice(at + 1).trim();
    return at > 0 && part.slice(0, at).trim() === name && isToken(value) ? [value] : [];
  });
}

/**
 * Whether a form comes from our own page. Since these pages hide their address (`no-referrer`), browsers hide the
 * Origin too: then `Sec-Fetch-Site` says it.
 */
export function comesFromOurPage(method: string, headers: IncomingHttpHeaders, appUrl: string): boolean {
  if (!changesState(method)) return true;
  if (headers.origin !== 'null') return isSameSite(headers, appUrl);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}
