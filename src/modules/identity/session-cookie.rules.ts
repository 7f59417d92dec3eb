import { createHmac, timingSafeEqual } from 'node:crypto';

/** better-auth's own secret, so that nothing else signed with `SECRET_KEY` is ever a session. */
export function authSecret(secretKey: string): string {
  return createHmac('sha256', secretKey).update('better-auth').digest('hex');
}

export const COOKIE_PREFIX = 'dong-hanh';

/** `__Secure-` binds the cookie to https; a browser refuses it elsewhere. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
}

/** The session's token, when better-auth signed it: `token.base64(HMAC-SHA256(token))`, URL-encoded. */
export function readSessionToken(cookies: string | undefined, name: string, secret: string): string | null {
  const value = findCookie(cookies, name);
  const dot = value?.lastIndexOf('.') ?? -1;
  if (!value || dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function findCookie(cookies: string | undefined, name: string): string | null {
  for (const part of (cookies ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decode(part.slice(at + 1).trim());
  }
  return null;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
