import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../components/facts';
import { formatDay, formatHa, formatTime } from '../../lib/format';
import type { Cluster } from './directory-queries';

type Commune = Cluster['communes'][number];

/** What is recorded of a cluster. */
export function ClusterAbout({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const place = ({ name, validTo, successor }: Commune) =>
    successor
      ? t('communeNow', { old: name, now: successor.name })
      : validTo
        ? t('communeUntil', { name, day: formatDay(validTo) })
        : name;
  const summary = (name: string, value: string | null) => (value ? [{ name, value, wide: true }] : []);
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('about')}
      </Title>
      <Facts
        cols={{ base: 1, xs: 2 }}
        facts={[
          { name: t('district'), value: cluster.planningDistrict.name },
          { name: t('communes'), value: cluster.communes.map(place).join('\n') },
          { name: t('areaHa'), value: cluster.areaHa !== null && formatHa(cluster.areaHa) },
          { name: t('sectors'), value: cluster.sectors.join(', ') },
          { name: t('establishedBy'), value: cluster.establishedBy },
          { name: t('source'), value: cluster.source },
          ...summary(t('summaryVi'), cluster.summaryVi),
          ...summary(t('summaryEn'), cluster.summaryEn),
          ...summary(t('summaryZh'), cluster.summaryZh),
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('updatedAt', { time: formatTime(cluster.updatedAt) })}
      </Text>
    </Stack>
  );
}
