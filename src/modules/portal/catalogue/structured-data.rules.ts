import type { Language } from '../../../platform/i18n/i18n.js';
import type { SiteHost } from '../site/site-details.js';
import { pathIn } from '../site/portal-page.js';
import type { PublicCluster } from './public-cluster.dto.js';

/** For the inside of a script element: nothing in it can end the element or begin a comment. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify({ '@context': 'https://schema.org', ...(value as object) }).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `undefined` is left out of JSON. */
const known = <T>(value: T | null): T | undefined => value ?? undefined;

export function organization(host: SiteHost, address: string): object {
  return {
    '@type': 'GovernmentOrganization',
    '@id': `${address}/#agency`,
    name: host.name,
    url: known(host.website) ?? address,
    telephone: known(host.phone),
    email: known(host.email),
    address: host.address === null ? undefined : host.address,
  };
}

export function breadcrumb(trail: { name: string; href: string }[]): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, href }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: href,
    })),
  };
}

export function dataset(
  words: { name: string; description: string },
  { host, address, language }: { host: SiteHost; address: string; language: Language },
): object {
  const download = (file: string, encodingFormat: string): object => ({
    '@type': 'DataDownload',
    encodingFormat,
    contentUrl: `${address}/open-data/${file}`,
  });
  return {
    '@type': 'Dataset',
    '@id': `${address}/open-data#dataset`,
    ...words,
    url: `${address}${pathIn(language, '/open-data')}`,
    inLanguage: language,
    license: host.licence.url,
    isAccessibleForFree: true,
    creator: { '@id': `${address}/#agency` },
    spatialCoverage: 'Lạng Sơn, Việt Nam',
    distribution: [
      download('clusters.csv', 'text/csv'),
      download('clusters.json', 'application/json'),
      download('clusters.geojson', 'application/geo+json'),
    ],
  };
}

export function place(cluster: PublicCluster, url: string, description: string): object {
  const { position } = cluster;
  return {
    '@type': 'Place',
    '@id': `${url}#place`,
    name: cluster.name,
    url,
    description,
    identifier: cluster.code,
    address: {
      '@type': 'PostalAddress',
      addressCountry: 'VN',
      addressRegion: 'Lạng Sơn',
      addressLocality:
        cluster.communes.map(({ name, successor }) => successor?.name ?? name).join(', ') || undefined,
    },
    geo: position
      ? { '@type': 'GeoCoordinates', latitude: position.latitude, longitude: position.longitude }
      : undefined,
  };
}
