import { Anchor, Badge, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { Money } from '../../components/money';
import { More } from '../../components/more';
import { QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatHa, formatNumber, inLanguage } from '../../lib/format';
import { usePages } from '../../lib/pages';
import type { LeadKind } from '../../lib/pipelines';
import type { Cluster, LeadRow } from './directory-queries';

type Rung = components['schemas']['LadderRung'];

/** The firms that want a cluster, from those who have come furthest to those who only ask. */
export function ClusterLadder({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const query = useQuery({
    queryKey: ['lead', 'ladder', cluster.id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/clusters/{id}/leads/ladder', { signal, params: { path: { id: cluster.id } } })),
  });
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('ladder.title')}
      </Title>
      <QueryState query={query}>{({ rungs }) => <Kinds cluster={cluster} rungs={rungs} />}</QueryState>
    </Stack>
  );
}

function Kinds({ cluster, rungs }: { cluster: Cluster; rungs: Rung[] }) {
  const { t } = useTranslation('cluster');
  const count = (kind: LeadKind) =>
    rungs.filter((rung) => rung.kind === kind).reduce((sum, rung) => sum + rung.count, 0);
  const [kind, setKind] = useState<LeadKind>(() =>
    count('infrastructure') > count('secondary') ? 'infrastructure' : 'secondary',
  );
  const option = (value: LeadKind) => ({
    value,
    label: `${t(`kind.${value}`, { ns: 'common' })} (${formatNumber(count(value))})`,
  });
  return (
    <>
      <SegmentedControl
        aria-label={t('ladder.kind')}
        value={kind}
        data={[option('secondary'), option('infrastructure')]}
        onChange={(value) => setKind(value as LeadKind)}
      />
      {count(kind) === 0 ? (
        <Text c="dimmed">{t('ladder.nobody')}</Text>
      ) : (
        <Rungs key={kind} cluster={cluster} kind={kind} rungs={rungs.filter((rung) => rung.kind === kind)} />
      )}
    </>
  );
}

/** The furthest first, whoever is out of the way last. */
const furthestFirst = (a: Rung, b: Rung) => (b.position ?? -1) - (a.position ?? -1);

function Rungs({ cluster, kind, rungs }: { cluster: Cluster; kind: LeadKind; rungs: Rung[] }) {
  const { query, items, total } = usePages(['lead', 'of-cluster', cluster.id, kind], (cursor, signal) =>
    take(
      api.GET('/api/v1/clusters/{id}/leads', {
        signal,
        params: { path: { id: cluster.id }, query: { kind, limit: 200, ...(cursor && { cursor }) } },
      }),
    ),
  );
  const most = Math.max(...rungs.map(({ count }) => count));
  return (
    <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
      {[...rungs].sort(furthestFirst).map((rung) => (
        <Stack key={rung.stage} component="li" gap={4}>
          <RungHead rung={rung} most={most} />
          {items
            ?.filter(({ stage }) => stage === rung.stage)
            .map((lead) => (
              <Line key={lead.id} lead={lead} />
            ))}
        </Stack>
      ))}
      {query.hasNextPage && (
        <More
          shown={items?.length ?? 0}
          total={total}
          hasMore
          loading={query.isFetchingNextPage}
          load={() => void query.fetchNextPage()}
        />
      )}
    </Stack>
  );
}

function RungHead({ rung, most }: { rung: Rung; most: number }) {
  const out = rung.position === null;
  return (
    <Group gap="sm" wrap="nowrap">
      <Text
        size="sm"
        fw={rung.count ? 600 : 400}
        c={rung.count ? undefined : 'dimmed'}
        w={160}
        style={{ flexShrink: 0 }}
      >
        {inLanguage(rung)}
      </Text>
      <div
        aria-hidden
        style={{
          height: 10,
          borderRadius: 5,
          minWidth: rung.count ? 10 : 2,
          width: `${most ? (rung.count / most) * 55 : 0}%`,
          background:
            out || !rung.count
              ? 'var(--mantine-color-default-border)'
              : 'var(--mantine-primary-color-filled)',
        }}
      />
      <Text size="sm" c={rung.count ? undefined : 'dimmed'}>
        {formatNumber(rung.count)}
      </Text>
    </Group>
  );
}

function Line({ lead }: { lead: LeadRow }) {
  const { t } = useTranslation('cluster');
  const area = lead.areaHa === null ? t('areaUnknown') : formatHa(lead.areaHa);
  const capital = lead.capital.committed ? <Money value={lead.capital.committed} /> : t('ladder.noCapital');
  return (
    <Group
      justify="space-between"
      gap="xs"
      wrap="nowrap"
      pl="md"
      style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}
    >
      <div style={{ minWidth: 0 }}>
        <Anchor
          size="sm"
          fw={600}
          renderRoot={(props) => <Link {...props} to="/leads/$leadId" params={{ leadId: lead.id }} />}
        >
          {lead.firm.name}
        </Anchor>{' '}
        {lead.stale && (
          <Badge size="sm" variant="outline" color="gray" c="dimmed" tt="none">
            {t('ladder.stale')}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {lead.owner?.name ?? t('ladder.noOwner')}
        </Text>
        <Text size="sm" hiddenFrom="sm">
          {area} · {capital}
        </Text>
      </div>
      <Text size="sm" ta="right" visibleFrom="sm" style={{ flexShrink: 0 }}>
        {area}
        <br />
        {capital}
      </Text>
    </Group>
  );
}
