import i18n from 'i18next';
import type { components } from '../../api/schema';
import type { Difference } from '../../components/conflict';
import { formatDay, formatHa } from '../../lib/format';
import type { Cluster } from './directory-queries';

export type ClusterBody = components['schemas']['ChangeCluster'];

/** As typed; an empty text is nothing. `version` is that of the cluster whose values were read. */
export type ClusterValues = {
  version: number;
  name: string;
  areaHa: number | '';
  industrialLandHa: number | '';
  occupiedHa: number | '';
  leasedHa: number | '';
  landAsOf: string | null;
  landSource: string;
  establishedBy: string;
  sectors: string[];
  summaryVi: string;
  summaryEn: string;
  summaryZh: string;
  isPublic: boolean;
  source: string;
};

export const clusterValues = (cluster: Cluster): ClusterValues => ({
  version: cluster.version,
  name: cluster.name,
  areaHa: cluster.areaHa ?? '',
  industrialLandHa: cluster.occupancy.industrialLandHa ?? '',
  occupiedHa: cluster.occupancy.occupiedHa ?? '',
  leasedHa: cluster.occupancy.leasedHa ?? '',
  landAsOf: cluster.occupancy.asOf,
  landSource: cluster.occupancy.source ?? '',
  establishedBy: cluster.establishedBy ?? '',
  sectors: cluster.sectors,
  summaryVi: cluster.summaryVi ?? '',
  summaryEn: cluster.summaryEn ?? '',
  summaryZh: cluster.summaryZh ?? '',
  isPublic: cluster.isPublic,
  source: cluster.source,
});

/** What was typed as the contract has it. */
export function clusterBody(values: ClusterValues): ClusterBody {
  const text = (value: string) => value.trim() || null;
  const number = (value: number | '') => (value === '' ? null : value);
  return {
    name: values.name.trim(),
    areaHa: number(values.areaHa),
    industrialLandHa: number(values.industrialLandHa),
    occupiedHa: number(values.occupiedHa),
    leasedHa: number(values.leasedHa),
    landAsOf: values.landAsOf,
    landSource: text(values.landSource),
    establishedBy: text(values.establishedBy),
    sectors: values.sectors,
    summaryVi: text(values.summaryVi),
    summaryEn: text(values.summaryEn),
    summaryZh: text(values.summaryZh),
    isPublic: values.isPublic,
    source: values.source.trim(),
  };
}

function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return i18n.t('unknown');
  if (Array.isArray(value)) return value.join(', ') || i18n.t('none');
  if (typeof value === 'boolean') return i18n.t(value ? 'isPublic' : 'isNotPublic', { ns: 'cluster' });
  if (typeof value === 'number') return formatHa(value);
  return field === 'landAsOf' ? formatDay(String(value)) : String(value);
}

/** Where a change and what is saved now are not the same, in words. */
export function clusterDifferences(mine: ClusterBody, theirs: Cluster): Difference[] {
  const saved = clusterBody(clusterValues(theirs));
  return Object.entries(mine)
    .map(([field, value]) => ({
      field: i18n.t(field, { ns: 'cluster' }),
      mine: shown(field, value),
      theirs: shown(field, saved[field as keyof ClusterBody]),
    }))
    .filter(({ mine: one, theirs: other }) => one !== other);
}
