import { LANGUAGES } from '../../../platform/i18n/i18n.js';
import { pathIn } from '../site/portal-page.js';

/** What belongs to somebody, to the officers or to programs. The open data stays open. */
const CLOSED = ['/app', '/api/', '/r/', '/u/', '/p/', '/case', '/copy/', '/mailbox'];
/** The same in each language. */
const CLOSED_PAGES = ['/case', '/enquiry/received/', '/enquiry/confirm/'];

export function robots(address: string): string {
  const pages = LANGUAGES.flatMap((language) => CLOSED_PAGES.map((path) => pathIn(language, path)));
  const closed = [...new Set([...CLOSED, ...pages])];
  const lines = ['User-agent: *', 'Allow: /', ...closed.map((path) => `Disallow: ${path}`)];
  return `${lines.join('\n')}\n\nSitemap: ${address}/sitemap.xml\n`;
}

interface Listed {
  code: string;
  /** An instant. */
  updatedAt: string;
}

/** Every public page in every language, each with its others. */
export function sitemap(address: string, clusters: readonly Listed[]): string {
  const latest = clusters
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1);
  const pages = [
    { path: '', at: latest },
    { path: '/open-data', at: latest },
    { path: '/enquiry', at: undefined },
    { path: '/privacy', at: undefined },
    ...clusters.map(({ code, updatedAt }) => ({
      path: `/clusters/${encodeURIComponent(code)}`,
      at: updatedAt,
    })),
  ];
  const entries = pages.flatMap(({ path, at }) => {
    const links = alternates(address, path);
    return LANGUAGES.map(
      (language) =>
        `<url><loc>${xml(`${address}${pathIn(language, path)}`)}</loc>${at ? `<lastmod>${at.slice(0, 10)}</lastmod>` : ''}${links}</url>`,
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`;
}

function alternates(address: string, path: string): string {
  const link = (hreflang: string, href: string): string =>
    `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${xml(href)}"/>`;
  const spoken = LANGUAGES.map((language) => link(language, `${address}${pathIn(language, path)}`));
  return [...spoken, link('x-default', `${address}${pathIn('vi', path)}`)].join('');
}

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
