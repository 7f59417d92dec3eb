import { Badge, Button, Card, Grid, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { QueryState } from '../../components/states';
import { formatHa } from '../../lib/format';
import { useMay } from '../../lib/session';
import { ClusterAbout } from './cluster-about';
import { ClusterDialog } from './cluster-dialog';
import { ClusterLadder } from './cluster-ladder';
import { ClusterLand } from './cluster-land';
import { ClusterStatus } from './cluster-mark';
import { ClusterMilestones } from './cluster-milestones';
import { ClusterSources } from './cluster-sources';
import { ClusterStatusHistory } from './cluster-status-history';
import { ClusterTargets } from './cluster-targets';
import { PublicSection } from './public-section';
import { clusterQuery, type Cluster } from './directory-queries';

export function ClusterPage() {
  const { clusterId } = useParams({ from: '/shell/clusters/$clusterId' });
  useTranslation(['cluster', 'clusters', 'cluster-public']);
  const query = useQuery(clusterQuery(clusterId));
  return <QueryState query={query}>{(cluster) => <ClusterView cluster={cluster} />}</QueryState>;
}

function Lead({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  return (
    <Group gap="xs">
      <ClusterStatus status={cluster.status} size="md" />
      <Text span inherit>
        · {cluster.planningDistrict.name} ·{' '}
        {cluster.areaHa === null ? t('areaUnknown') : formatHa(cluster.areaHa)}
      </Text>
      <Badge variant="outline" color="gray" c="dimmed" tt="none">
        {t(cluster.isPublic ? 'isPublic' : 'isNotPublic')}
      </Badge>
    </Group>
  );
}

function ClusterView({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const mayWrite = useMay('cluster.write');
  const [opened, { open, close }] = useDisclosure(false);
  const edit = mayWrite && (
    <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={open}>
      {t('edit', { ns: 'common' })}
    </Button>
  );
  const part = (content: React.ReactNode) => (
    <Card withBorder p="lg">
      {content}
    </Card>
  );
  return (
    <Page title={cluster.name} lead={<Lead cluster={cluster} />} actions={edit}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            {part(<ClusterLand cluster={cluster} />)}
            {part(<ClusterLadder cluster={cluster} />)}
            {part(<ClusterAbout cluster={cluster} />)}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            {part(<ClusterStatusHistory cluster={cluster} />)}
            {part(<ClusterMilestones cluster={cluster} />)}
            {part(<ClusterSources cluster={cluster} />)}
            <ClusterTargets cluster={cluster} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={12}>
          <PublicSection cluster={cluster} />
        </Grid.Col>
      </Grid>
      <ClusterDialog opened={opened} close={close} cluster={cluster} />
    </Page>
  );
}
