import type { Language } from '../../../platform/i18n/i18n.js';
import { MILESTONE_KINDS } from '../../directory/land/cluster-milestone.entity.js';
import { UTILITY_KINDS } from '../../directory/land/cluster-utility.entity.js';
import { dayIn, districtIn, numberIn } from '../site/format.rules.js';
import { pathIn } from '../site/portal-page.js';
import { saidIn } from '../site/site-details.js';
import { SHOWN_STATUSES } from './catalogue-filter.rules.js';
import { toPublicCluster, type ClusterForPublic, type PublicCluster } from './public-cluster.dto.js';

/** Kinds of infrastructure that every page names, also to say that nothing is known of them. */
const ALWAYS_NAMED: readonly string[] = UTILITY_KINDS.filter((kind) => kind !== 'gas');

/** What a row of the list shows. */
export function clusterRow(cluster: PublicCluster, language: Language): Record<string, unknown> {
  const { code, name, status, wants, sectors, planningDistrict, freeGap } = cluster;
  return {
    code,
    name,
    status,
    wants,
    sectors: sectors.join('; '),
    district: districtIn(language, planningDistrict.name),
    communes: communesOf(cluster),
    href: pathIn(language, `/clusters/${encodeURIComponent(code)}`),
    area: numberIn(language, cluster.areaHa),
    free: numberIn(language, cluster.freeHa),
    freeGap,
    landAsOf: dayIn(language, cluster.landAsOf),
    position: cluster.position && positionOf(cluster.position),
  };
}

/** What a cluster's own page shows. */
export function clusterPage(found: ClusterForPublic, language: Language): Record<string, unknown> {
  const cluster = toPublicCluster(found);
  const said = (words: Parameters<typeof saidIn>[1]): string | null => saidIn(language, words);
  const day = (value: string | null): string | null => dayIn(language, value);
  return {
    ...clusterRow(cluster, language),
    words: said(cluster.summary),
    industrialLand: numberIn(language, found.occupancy.industrialLandHa),
    occupancy: numberIn(language, cluster.occupancyRate, { style: 'percent', maximumFractionDigits: 1 }),
    occupancyGap: cluster.occupancyGap,
    landSource: cluster.landSource,
    establishedBy: cluster.establishedBy,
    statusSince: day(cluster.statusSince),
    steps: stepsOf(found),
    milestones: milestonesOf(cluster, day),
    access: cluster.access.map((one) => ({
      ...one,
      name: said(one.name),
      note: said(one.note),
      distance: numberIn(language, one.distanceKm, { maximumFractionDigits: 1 }),
      asOf: day(one.asOf),
    })),
    utilities: utilitiesOf(cluster, said, day),
    incentives: cluster.incentives.map((one) => ({
      ...one,
      title: said(one.title),
      text: said(one.text),
      from: day(one.effectiveFrom),
      to: day(one.effectiveTo),
    })),
    ...papersOf(found, language, said),
    facts: found.facts.map((fact) => ({ ...fact, asOf: day(fact.asOf) })),
    source: cluster.source,
    updated: day(cluster.updatedAt),
  };
}

/** Old units with what they are now. */
function communesOf({ communes }: PublicCluster): { name: string; now: string | null }[] {
  return communes.map(({ name, successor }) => ({ name, now: successor?.name ?? null }));
}

function stepsOf({ status }: ClusterForPublic): { status: string; state: string }[] {
  const now = SHOWN_STATUSES.findIndex((one) => one === status);
  return SHOWN_STATUSES.map((one, index) => ({
    status: one,
    state: index === now ? 'now' : index < now ? 'past' : 'ahead',
  }));
}

/** Each kind, also those that nobody has recorded. */
function milestonesOf(cluster: PublicCluster, day: (value: string | null) => string | null): object[] {
  return MILESTONE_KINDS.flatMap((kind) => {
    const reached = cluster.milestones.filter((one) => one.kind === kind);
    return reached.length === 0
      ? [{ kind, reached: false }]
      : reached.map(({ on, decisionNumber, source }) => ({
          kind,
          reached: true,
          on: day(on),
          decisionNumber,
          source,
        }));
  });
}

type Said = (words: { vi: string; en: string | null; zh: string | null } | null) => string | null;

function utilitiesOf(
  cluster: PublicCluster,
  said: Said,
  day: (value: string | null) => string | null,
): object[] {
  const spoken = cluster.utilities.map(({ kind }) => kind);
  const kinds = UTILITY_KINDS.filter((kind) => ALWAYS_NAMED.includes(kind) || spoken.includes(kind));
  return kinds.map((kind) => {
    const one = cluster.utilities.find((utility) => utility.kind === kind);
    if (!one) return { kind, state: 'unknown' };
    return {
      kind,
      state: one.state,
      capacity: said(one.capacity),
      note: said(one.note),
      source: one.source,
      asOf: day(one.asOf),
    };
  });
}

function positionOf({
  latitude,
  longitude,
  source,
}: {
  latitude: number;
  longitude: number;
  source: string;
}): object {
  const at = `${latitude.toFixed(5)}/${longitude.toFixed(5)}`;
  return {
    text: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    map: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=14/${at}`,
    source,
  };
}

/** Pictures are shown, other papers are offered. */
function papersOf(
  found: ClusterForPublic,
  language: Language,
  said: Said,
): { pictures: object[]; documents: object[] } {
  const papers = found.documents.map((one) => ({
    id: one.id,
    kind: one.kind,
    title: said(one.title),
    alt: said(one.alt) ?? said(one.title),
    language: one.language,
    number: one.number,
    issuedOn: dayIn(language, one.issuedOn),
    width: one.width,
    height: one.height,
    isPicture: one.width !== null && one.file.mediaType.startsWith('image/'),
    type: one.file.mediaType.split('/').at(-1)!.toUpperCase().slice(0, 5),
    size: numberIn(language, Math.max(1, Math.round(one.file.size / 1024)), { maximumFractionDigits: 0 }),
    href: `/clusters/${encodeURIComponent(found.code)}/documents/${one.id}`,
  }));
  return {
    pictures: papers.filter(({ isPicture }) => isPicture),
    documents: papers.filter(({ isPicture }) => !isPicture),
  };
}
