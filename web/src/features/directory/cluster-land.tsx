import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay, formatHa, formatShare } from '../../lib/format';
import { useDemand } from './demand';
import type { Cluster } from './directory-queries';

interface Part {
  name: string;
  ha: number;
  color: string;
}

const TAKEN = 'light-dark(var(--mantine-color-gray-6), var(--mantine-color-dark-2))';
const FREE = 'light-dark(var(--mantine-color-pine-3), var(--mantine-color-pine-8))';
const WANTED = 'light-dark(var(--mantine-color-orange-6), var(--mantine-color-orange-5))';

/** The land of a cluster against what secondary investors ask for, on one scale. */
export function ClusterLand({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const demand = useDemand(cluster.id)?.(cluster.id);
  const { industrialLandHa, occupiedHa } = cluster.occupancy;
  const whole = industrialLandHa ?? cluster.areaHa;
  const land: Part[] =
    industrialLandHa !== null && occupiedHa !== null
      ? [
          { name: t('land.occupied'), ha: occupiedHa, color: TAKEN },
          { name: t('land.free'), ha: Math.round((industrialLandHa - occupiedHa) * 100) / 100, color: FREE },
        ]
      : whole === null
        ? []
        : [{ name: t(industrialLandHa === null ? 'land.whole' : 'land.industrial'), ha: whole, color: FREE }];
  const wanted = demand?.secondaryHa ?? 0;
  const scale = Math.max(whole ?? 0, wanted) || 1;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('land.title')}
      </Title>
      <Bar label={t('land.has')} parts={land} scale={scale} empty={t('areaUnknown')} />
      <Bar
        label={t('land.wanted')}
        parts={wanted > 0 ? [{ name: t('land.bySecondary'), ha: wanted, color: WANTED }] : []}
        scale={scale}
        empty={demand && demand.secondary === 0 ? t('land.nobody') : t('land.notSaid')}
      />
      {demand && <Others demand={demand} />}
      <Occupancy cluster={cluster} />
    </Stack>
  );
}

function Bar({ label, parts, scale, empty }: { label: string; parts: Part[]; scale: number; empty: string }) {
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Group gap="sm">
          {parts.length === 0 && (
            <Text size="sm" c="dimmed">
              {empty}
            </Text>
          )}
          {parts.map((part) => (
            <Group key={part.name} gap={6} wrap="nowrap">
              <Box w={10} h={10} bg={part.color} style={{ borderRadius: 2 }} aria-hidden />
              <Text size="sm">
                {part.name}: {formatHa(part.ha)}
              </Text>
            </Group>
          ))}
        </Group>
      </Group>
      <Group
        gap={0}
        wrap="nowrap"
        h={22}
        bg="var(--mantine-color-default-hover)"
        style={{ borderRadius: 'var(--mantine-radius-sm)', overflow: 'hidden' }}
        aria-hidden
      >
        {parts.map((part) => (
          <Box key={part.name} h="100%" w={`${(part.ha / scale) * 100}%`} bg={part.color} />
        ))}
      </Group>
    </div>
  );
}

function Others({ demand }: { demand: NonNullable<ReturnType<ReturnType<typeof useDemand> & {}>> }) {
  const { t } = useTranslation('cluster');
  const words = [
    demand.secondaryUnknown > 0 && t('land.unsaid', { count: demand.secondaryUnknown }),
    demand.infrastructure > 0 && t('land.developers', { count: demand.infrastructure }),
  ].filter(Boolean);
  return words.length > 0 ? <Text size="sm">{words.join(' ')}</Text> : null;
}

/** The share by the rule of the law, or why there is none: undefined is not nought. */
function Occupancy({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const { rate, reason, leasedHa, asOf, source } = cluster.occupancy;
  return (
    <Stack gap={2}>
      <Text fw={600}>
        {t('occupancy.is', { rate: rate === null ? t('occupancy.unknown') : formatShare(rate) })}
      </Text>
      {reason && <Text size="sm">{t(`occupancy.${reason}`)}</Text>}
      {leasedHa !== null && <Text size="sm">{t('occupancy.leased', { area: formatHa(leasedHa) })}</Text>}
      {asOf && (
        <Text size="sm" c="dimmed">
          {t('occupancy.asOf', { day: formatDay(asOf), source })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('occupancy.rule')}
      </Text>
    </Stack>
  );
}
