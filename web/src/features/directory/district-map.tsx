import { Alert, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/states';
import { ClusterStatus, STATUSES } from './cluster-mark';
import { DistrictTile, type TilePlace } from './district-tile';
import { districtsQuery, type Cluster } from './directory-queries';
import schematic from './district-schematic.json';
import { useFilters } from './use-filters';

/** Columns and rows that the tiles take up. */
const WIDE = 4.5;
const HIGH = 4;

/** Where each tile lies in a drawing of this width, and how large it is. */
function places(width: number): {
  size: number;
  height: number;
  of: (code: string) => TilePlace | undefined;
} {
  const size = Math.min(width / WIDE, 190);
  const radius = size / Math.sqrt(3);
  const left = (width - size * WIDE) / 2;
  const tiles = new Map(
    schematic.tiles.map(({ code, column, row }) => [
      code,
      { x: left + column * size, y: radius * 1.04 + row * radius * 1.5, size },
    ]),
  );
  return { size, height: radius * (2.08 + 1.5 * (HIGH - 1)), of: (code) => tiles.get(code) };
}

/** A schematic of the planning districts, shaded by what they offer; a table of the same stands below it. */
export function DistrictMap({ clusters }: { clusters: Cluster[] }) {
  const { t } = useTranslation('clusters');
  const [{ shade, district: chosen }, change] = useFilters('/shell/clusters');
  const { ref, width } = useElementSize();
  const { data: districts } = useQuery(districtsQuery);
  const by = shade === 'count' ? 'count' : 'area';
  return (
    <Stack gap="sm" mb="lg">
      <Group justify="space-between">
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} p="xs" flex="1 1 280px">
          <Text size="sm">{t('map.schematic')}</Text>
        </Alert>
        <SegmentedControl
          size="xs"
          aria-label={t('map.shadeBy')}
          value={by}
          data={[
            { value: 'area', label: t('map.byArea') },
            { value: 'count', label: t('map.byCount') },
          ]}
          onChange={(value) => change({ shade: value === 'count' ? 'count' : undefined })}
        />
      </Group>
      <div ref={ref} style={{ minHeight: 200 }}>
        {districts && width > 0 ? (
          <Drawing
            width={width}
            clusters={clusters}
            districts={districts.items}
            by={by}
            chosen={chosen}
            choose={(code) => change({ district: code === chosen ? undefined : code })}
          />
        ) : (
          <LoadingRows rows={5} />
        )}
      </div>
      <Legend clusters={clusters} />
    </Stack>
  );
}

interface DrawingProps {
  width: number;
  clusters: Cluster[];
  districts: { id: string; code: string; name: string }[];
  by: 'area' | 'count';
  chosen: string | undefined;
  choose: (code: string) => void;
}

function Drawing({ width, clusters, districts, by, chosen, choose }: DrawingProps) {
  const { t } = useTranslation('clusters');
  const { height, of } = places(width);
  const inside = (id: string) => clusters.filter(({ planningDistrict }) => planningDistrict.id === id);
  const measure = (some: Cluster[]) =>
    by === 'count' ? some.length : some.reduce((sum, { areaHa }) => sum + (areaHa ?? 0), 0);
  const most = Math.max(...districts.map(({ id }) => measure(inside(id))), 0);
  return (
    <svg width={width} height={height} role="group" aria-label={t('map.label')} style={{ display: 'block' }}>
      {schematic.tiles.map(({ code }) => {
        const place = of(code);
        const district = districts.find((one) => one.code === code);
        const some = district ? inside(district.id) : [];
        return (
          place &&
          district && (
            <DistrictTile
              key={district.id}
              name={district.name}
              place={place}
              clusters={some}
              share={most > 0 ? measure(some) / most : 0}
              chosen={district.code === chosen}
              choose={() => choose(district.code)}
            />
          )
        );
      })}
    </svg>
  );
}

/** What the shapes mean; only those that are in the drawing. */
function Legend({ clusters }: { clusters: Cluster[] }) {
  const { t } = useTranslation('clusters');
  const used = STATUSES.filter((status) => clusters.some((cluster) => cluster.status === status));
  return (
    <Group gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('map.legend')}>
      {used.map((status) => (
        <li key={status}>
          <ClusterStatus status={status} />
        </li>
      ))}
    </Group>
  );
}
