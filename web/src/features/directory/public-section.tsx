import { Alert, Anchor, Button, Card, Divider, Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconExternalLink, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import type { Cluster } from './directory-queries';
import { landQuery, UTILITY_KINDS, type Land } from './land-queries';
import { PublicAccess } from './public-access';
import { PublicDocuments } from './public-documents';
import { PublicPosition } from './public-position';
import { PublicUtilities } from './public-utilities';

/** What an investor sees of the cluster, what is still unknown to it, and where each part is entered. */
export function PublicSection({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster-public');
  const query = useQuery(landQuery(cluster.id));
  return (
    <Card withBorder p="lg">
      <Stack gap="lg">
        <Group justify="space-between" align="start">
          <div>
            <Title order={2} size="h4">
              {t('title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t(cluster.isPublic ? 'shown' : 'hidden')}
            </Text>
          </div>
          {cluster.isPublic && <PublicLinks code={cluster.code} />}
        </Group>
        <QueryState query={query}>
          {(land) => (
            <>
              <Unknown cluster={cluster} land={land} />
              <PublicPosition cluster={cluster} />
              <Divider />
              <PublicAccess clusterId={cluster.id} items={land.access} />
              <Divider />
              <PublicUtilities clusterId={cluster.id} items={land.utilities} />
              <Divider />
              <PublicDocuments cluster={cluster} items={land.documents} />
            </>
          )}
        </QueryState>
      </Stack>
    </Card>
  );
}

function PublicLinks({ code }: { code: string }) {
  const { t, i18n } = useTranslation('cluster-public');
  const prefix = i18n.language === 'en' ? '/en' : '';
  const path = `${prefix}/clusters/${code}`;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Button
          component="a"
          href={path}
          target="_blank"
          rel="noopener"
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          {t('open')}
        </Button>
        <Button
          component="a"
          href={`${path}/sheet.pdf`}
          target="_blank"
          rel="noopener"
          size="xs"
          variant="default"
          leftSection={<IconFileTypePdf size={16} aria-hidden />}
        >
          {t('sheet')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('otherLanguages')}{' '}
        {(['vi', 'en', 'zh'] as const).map((language, index) => {
          const start = language === 'vi' ? '' : `/${language}`;
          return (
            <span key={language}>
              {index > 0 && ' · '}
              <Anchor
                size="xs"
                underline="always"
                href={`${start}/clusters/${code}/sheet.pdf`}
                target="_blank"
              >
                {t(`inLanguage.${language}`, { ns: 'common' })}
              </Anchor>
            </span>
          );
        })}
      </Text>
    </Stack>
  );
}

function unknownOf(cluster: Cluster, land: Land): string[] {
  const known = land.utilities.map(({ kind }) => kind);
  const utilities = UTILITY_KINDS.filter((kind) => kind !== 'gas' && !known.includes(kind));
  const checks: [boolean, string][] = [
    [cluster.areaHa === null, 'area'],
    [cluster.freeHa === null, 'free'],
    [cluster.sectors.length === 0, 'sectors'],
    [!cluster.summaryVi, 'summaryVi'],
    [!cluster.summaryEn, 'summaryEn'],
    [!cluster.summaryZh, 'summaryZh'],
    [!cluster.position, 'position'],
    [land.access.length === 0, 'access'],
    [utilities.length > 0, 'utilities'],
    [!land.documents.some(({ isPublic }) => isPublic), 'documents'],
    [!land.incentives.some(({ isPublic }) => isPublic), 'incentives'],
  ];
  return checks.filter(([missing]) => missing).map(([, name]) => name);
}

/** What the public page has to call unknown. */
function Unknown({ cluster, land }: { cluster: Cluster; land: Land }) {
  const { t } = useTranslation('cluster-public');
  const names = unknownOf(cluster, land);
  if (names.length === 0) return <Text size="sm">{t('complete')}</Text>;
  return (
    <Alert color="yellow" title={t('unknown.title', { count: names.length })}>
      <List size="sm" style={{ columnWidth: 260 }}>
        {names.map((name) => (
          <List.Item key={name}>{t(`unknown.${name}`)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
