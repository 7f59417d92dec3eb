import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { MILESTONE_KINDS } from '../../directory/land/cluster-milestone.entity.js';
import { UTILITY_KINDS } from '../../directory/land/cluster-utility.entity.js';
import type { ClusterForPublic } from '../catalogue/public-cluster.dto.js';
import { dayIn, districtIn, numberIn } from '../site/format.rules.js';
import { saidIn, type SiteHost } from '../site/site-details.js';

export interface SheetRow {
  label: string;
  value: string;
  /** Small, below the value: mostly the source. */
  note?: string;
}

export interface SheetSection {
  title: string;
  rows: SheetRow[];
  /** Stands alone when there are no rows. */
  empty?: string;
}

/** All that the sheet says, in one language, before anything is cut to fit. */
export interface SheetContent {
  language: Language;
  title: string;
  status: string;
  place: string;
  summary: string | null;
  districtCode: string;
  districtName: string;
  mapHint: string;
  left: SheetSection[];
  right: SheetSection[];
  contact: { title: string; lines: string[] };
  /** Of the page that says the rest. */
  address: string;
  more: string;
  source: string;
  printed: string;
  host: string;
}

interface Surroundings {
  language: Language;
  host: SiteHost;
  address: string;
  /** `YYYY-MM-DD` */
  today: string;
}

type Say = (key: string, params?: Record<string, unknown>) => string;

/** The same facts and words as the cluster's page; what is not known is said to be unknown. */
export function sheetContent(found: ClusterForPublic, around: Surroundings): SheetContent {
  const { language, host, address, today } = around;
  const t: Say = (key, params) => translate(language, `pages:${key}`, params);
  const summary = { vi: found.summaryVi, en: found.summaryEn, zh: found.summaryZh };
  return {
    language,
    title: found.name,
    status: t(`cluster_${found.status}`),
    place: `${t('home_district')}: ${placeOf(found, language, t)}`,
    summary: saidIn(language, summary),
    districtCode: found.planningDistrict.code,
    districtName: districtIn(language, found.planningDistrict.name),
    mapHint: t('sheet_map_hint'),
    left: [landOf(found, language, t), accessOf(found, language, t), utilitiesOf(found, language, t)],
    right: [milestonesOf(found, language, t), incentivesOf(found, language, t)],
    contact: { title: t('section_contact'), lines: contactOf(host, t) },
    address,
    more: t('sheet_more', { address }),
    source: t('source_is', { source: found.source }),
    printed: t('sheet_printed', { day: dayIn(language, today) }),
    host: host.name,
  };
}

function placeOf({ planningDistrict, communes }: ClusterForPublic, language: Language, t: Say): string {
  const today = communes.map(({ name, successor }) =>
    successor ? `${successor.name} (${t('commune_before', { name })})` : name,
  );
  return [districtIn(language, planningDistrict.name), ...(today.length > 0 ? [today.join(', ')] : [])].join(
    ' · ',
  );
}

function landOf(found: ClusterForPublic, language: Language, t: Say): SheetSection {
  const { occupancy, freeHa, freeGap, wants } = found;
  const hectares = (value: number | null): string =>
    value === null ? t('not_known') : t('hectares', { n: numberIn(language, value) });
  const sourced = [
    occupancy.asOf && t('land_as_of', { day: dayIn(language, occupancy.asOf) }),
    occupancy.source && t('source_is', { source: occupancy.source }),
  ].filter(Boolean);
  const rate = numberIn(language, occupancy.rate, { style: 'percent', maximumFractionDigits: 1 });
  const position = found.position && `${found.position.latitude}, ${found.position.longitude}`;
  return {
    title: t('section_land'),
    rows: [
      { label: t('area_short'), value: hectares(found.areaHa) },
      { label: t('industrial_land'), value: hectares(occupancy.industrialLandHa) },
      {
        label: t('free_short'),
        value: hectares(freeHa),
        note: freeGap ? t(`gap_${freeGap}`) : sourced.join(' '),
      },
      { label: t('cluster_occupancy'), value: rate ?? t('occupancy_undefined') },
      {
        label: t('filter_wants'),
        value: wants.length > 0 ? wants.map((kind) => t(`wants_${kind}`)).join('; ') : t('wants_none'),
      },
      { label: t('filter_sector'), value: found.sectors.join('; ') || t('not_known') },
      { label: t('established_by'), value: found.establishedBy ?? t('not_known') },
      { label: t('position'), value: position ?? t('not_known'), note: found.position?.source },
    ],
  };
}

function accessOf(found: ClusterForPublic, language: Language, t: Say): SheetSection {
  return {
    title: t('section_access'),
    empty: t('access_unknown'),
    rows: found.access.map((one) => {
      const distance = numberIn(language, one.distanceKm, { maximumFractionDigits: 1 });
      return {
        label: `${saidIn(language, one.name)} (${t(`access_${one.kind}`)})`,
        value: distance === null ? t('not_known') : t('kilometres', { n: distance }),
        note: sourceOf(one, language),
      };
    }),
  };
}

function utilitiesOf(found: ClusterForPublic, language: Language, t: Say): SheetSection {
  const spoken = found.utilities.map(({ kind }) => kind);
  const kinds = UTILITY_KINDS.filter((kind) => kind !== 'gas' || spoken.includes(kind));
  return {
    title: t('section_utilities'),
    rows: kinds.map((kind) => {
      const one = found.utilities.find((utility) => utility.kind === kind);
      const label = t(`utility_${kind}`);
      if (!one) return { label, value: t('state_unknown') };
      const capacity = saidIn(language, one.capacity);
      return {
        label,
        value: [t(`state_${one.state}`), capacity].filter(Boolean).join(' · '),
        note: sourceOf(one, language),
      };
    }),
  };
}

function milestonesOf(found: ClusterForPublic, language: Language, t: Say): SheetSection {
  const since = found.statusSince
    ? t('status_since', { day: dayIn(language, found.statusSince) })
    : t('status_since_unknown');
  return {
    title: t('section_status'),
    rows: [
      { label: t('home_status'), value: t(`cluster_${found.status}`), note: since },
      ...MILESTONE_KINDS.map((kind) => {
        const reached = found.milestones.findLast((one) => one.kind === kind);
        return {
          label: t(`milestone_${kind}`),
          value: reached ? (dayIn(language, reached.on) ?? t('milestone_undated')) : t('milestone_none'),
          note: reached?.decisionNumber ?? undefined,
        };
      }),
    ],
  };
}

function incentivesOf(found: ClusterForPublic, language: Language, t: Say): SheetSection {
  return {
    title: t('section_incentives'),
    empty: t('incentives_none'),
    rows: found.incentives.map((one) => ({
      label: '',
      value: saidIn(language, one.title) ?? '',
      note: [
        t(`applies_${one.appliesTo}`),
        [one.legalDocument, one.legalArticle].filter(Boolean).join(', '),
        one.effectiveTo
          ? t('incentive_between', {
              from: dayIn(language, one.effectiveFrom),
              to: dayIn(language, one.effectiveTo),
            })
          : t('incentive_from', { from: dayIn(language, one.effectiveFrom) }),
        ...(one.sourceGrade === 'secondary' ? [t('incentive_secondary')] : []),
      ].join(' · '),
    })),
  };
}

function sourceOf({ source, asOf }: { source: string; asOf: string | null }, language: Language): string {
  return asOf ? `${source} (${dayIn(language, asOf)})` : source;
}

function contactOf({ name, address, phoneShown: phone, email, website }: SiteHost, t: Say): string[] {
  return [
    name,
    address,
    phone && `${t('site_phone')}: ${phone}`,
    email && `${t('site_email')}: ${email}`,
    website,
  ].filter((line): line is string => Boolean(line));
}
