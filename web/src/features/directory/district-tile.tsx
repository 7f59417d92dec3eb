import { useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatHa } from '../../lib/format';
import { StatusShape } from './cluster-mark';
import type { Cluster } from './directory-queries';

export interface TilePlace {
  /** The middle of the tile, in the drawing's pixels. */
  x: number;
  y: number;
  /** From side to side. */
  size: number;
}

interface DistrictTileProps {
  name: string;
  place: TilePlace;
  clusters: Cluster[];
  /** How dark it is, from 0 to 1. */
  share: number;
  chosen: boolean;
  choose: () => void;
}

/** Below this size a tile is too small for links in it: the table has them. */
const ROOM_FOR_LINKS = 130;

const onKeys = (act: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  act();
};

function hexagon(size: number): string {
  const radius = size / Math.sqrt(3);
  const corner = (at: number) => {
    const angle = (Math.PI / 3) * at - Math.PI / 2;
    return `${(radius * Math.cos(angle)).toFixed(1)},${(radius * Math.sin(angle)).toFixed(1)}`;
  };
  return [0, 1, 2, 3, 4, 5].map(corner).join(' ');
}

function useWords(clusters: Cluster[]) {
  const { t } = useTranslation('clusters');
  const names = { city: t('map.city'), cityShort: t('map.cityShort') };
  if (clusters.length === 0) return { ...names, short: t('map.none'), long: t('map.none') };
  const unknown = clusters.filter(({ areaHa }) => areaHa === null).length;
  const area = formatHa(Math.round(clusters.reduce((sum, { areaHa }) => sum + (areaHa ?? 0), 0) * 100) / 100);
  const short = unknown === clusters.length ? t('unknown', { ns: 'common' }) : unknown ? `≥ ${area}` : area;
  const long = [
    t('map.clusters', { count: clusters.length }),
    unknown === clusters.length ? t('map.areaUnknown') : t(unknown ? 'map.atLeast' : 'map.area', { area }),
  ].join(', ');
  return { ...names, short, long };
}

/** One planning district: choosing it filters the list; its clusters are links. */
export function DistrictTile({ name, place, clusters, share, chosen, choose }: DistrictTileProps) {
  const { x, y, size } = place;
  const { short, long, city, cityShort } = useWords(clusters);
  const roomy = size >= ROOM_FOR_LINKS;
  const shade = clusters.length === 0 ? 0 : 10 + Math.round(share * 30);
  const line = roomy ? 14 : Math.max(9.5, size / 7.2);
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <g
        role="button"
        tabIndex={0}
        aria-pressed={chosen}
        aria-label={`${name}: ${long}`}
        onClick={choose}
        onKeyDown={onKeys(choose)}
        className="district-tile"
      >
        <polygon
          points={hexagon(size - 4)}
          fill={`color-mix(in srgb, var(--mantine-color-pine-5) ${shade}%, var(--mantine-color-body))`}
          stroke={chosen ? 'var(--mantine-color-text)' : 'var(--mantine-color-default-border)'}
          strokeWidth={chosen ? 3 : 1}
        />
      </g>
      <g aria-hidden pointerEvents="none">
        <text
          textAnchor="middle"
          y={roomy ? -size * 0.22 : -line * 0.9}
          fontSize={line}
          fontWeight={600}
          fill="currentColor"
        >
          {name.replace(city, cityShort)}
        </text>
        <text
          textAnchor="middle"
          y={roomy ? -size * 0.22 + 18 : line * 0.4}
          fontSize={line * 0.92}
          fill="currentColor"
        >
          {short}
        </text>
      </g>
      <Dots clusters={clusters} size={size} links={roomy} />
    </g>
  );
}

/** The clusters of a district as shapes in rows of four. */
function Dots({ clusters, size, links }: { clusters: Cluster[]; size: number; links: boolean }) {
  const step = links ? 28 : Math.min(14, size / 6);
  const scale = links ? 1 : step / 26;
  const perRow = 4;
  return clusters.slice(0, perRow * 2).map((cluster, index) => {
    const row = Math.floor(index / perRow);
    const inRow = Math.min(perRow, clusters.length - row * perRow);
    const dx = ((index % perRow) - (inRow - 1) / 2) * step;
    const dy = (links ? size * 0.1 : size * 0.2) + row * step;
    return (
      <g
        key={cluster.id}
        transform={`translate(${dx} ${dy}) scale(${scale})`}
        aria-hidden={links ? undefined : true}
      >
        {links ? <DotLink cluster={cluster} /> : <StatusShape status={cluster.status} />}
      </g>
    );
  });
}

function DotLink({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const navigate = useNavigate();
  const go = () => void navigate({ to: '/clusters/$clusterId', params: { clusterId: cluster.code } });
  const area = cluster.areaHa === null ? t('map.areaUnknown') : formatHa(cluster.areaHa);
  const words = `${cluster.name}: ${t(`clusterStatus.${cluster.status}`, { ns: 'common' })}, ${area}`;
  return (
    <g
      role="link"
      tabIndex={0}
      aria-label={words}
      onClick={go}
      onKeyDown={onKeys(go)}
      className="district-tile"
    >
      <title>{words}</title>
      <circle r={13} fill="transparent" />
      <StatusShape status={cluster.status} />
    </g>
  );
}
