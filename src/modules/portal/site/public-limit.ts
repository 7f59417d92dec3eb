/** An office shares one address. */
export const PUBLIC_LIMIT = { rateLimit: { max: 300, timeWindow: '1 minute' } };

/** Vietnamese has no prefix; the others have theirs before the path. */
export const LANGUAGE_PREFIXES = ['', ':lang(en|zh)'];
