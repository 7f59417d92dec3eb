import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/money';
import { formatDay, formatHa, formatNumber } from '../../lib/format';
import type { Lead } from './lead-queries';

const CAPITAL = ['committed', 'registered', 'disbursed'] as const;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}

/** What is known, or that it is not. */
function Known({ value }: { value: string | null }) {
  const { t } = useTranslation();
  return value === null ? (
    <Text span c="dimmed">
      {t('unknown')}
    </Text>
  ) : (
    value
  );
}

/** What the firm wants, and who works on it. */
export function LeadFacts({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const number = (value: number | null) => (value === null ? null : formatNumber(value));
  return (
    <Card withBorder component="section" aria-labelledby="lead-facts">
      <Title order={2} size="h4" id="lead-facts" mb="sm">
        {t('facts.title')}
      </Title>
      <Stack component="dl" gap="sm" m={0}>
        <Fact name={t('fields.owner')}>
          <Known value={lead.owner?.name ?? null} />
        </Fact>
        {lead.helpers.length > 0 && (
          <Fact name={t('fields.helperIds')}>{lead.helpers.map(({ name }) => name).join(', ')}</Fact>
        )}
        <Fact name={t('fields.clusterIds')}>
          <Clusters clusters={lead.clusters} />
        </Fact>
        {lead.partners.length > 0 && (
          <Fact name={t('fields.partnerFirmIds')}>
            <Firms firms={lead.partners} />
          </Fact>
        )}
        <Fact name={t('fields.sector')}>
          <Known value={lead.sector} />
        </Fact>
        <Fact name={t('fields.areaHa')}>
          <Known value={lead.areaHa === null ? null : formatHa(lead.areaHa)} />
        </Fact>
        {CAPITAL.map((name) => (
          <Fact key={name} name={t(`fields.capital.${name}`)}>
            <Money value={lead.capital[name]} />
          </Fact>
        ))}
        <Fact name={t('fields.jobsPromised')}>
          <Known value={number(lead.jobsPromised)} />
        </Fact>
        <Fact name={t('fields.jobsDelivered')}>
          <Known value={number(lead.jobsDelivered)} />
        </Fact>
        {lead.summary && <Fact name={t('fields.summary')}>{lead.summary}</Fact>}
        <Fact name={t('facts.source')}>
          {t(`source.${lead.source}`)} · {formatDay(lead.openedAt)}
        </Fact>
      </Stack>
    </Card>
  );
}

function Clusters({ clusters }: Pick<Lead, 'clusters'>) {
  const { t } = useTranslation('lead');
  if (clusters.length === 0)
    return (
      <Text span c="dimmed">
        {t('facts.noCluster')}
      </Text>
    );
  return clusters.map(({ id, name }) => (
    <Anchor key={id} component={Link} to={`/clusters/${id}`} display="block">
      {name}
    </Anchor>
  ));
}

function Firms({ firms }: { firms: Lead['partners'] }) {
  return firms.map(({ id, name }) => (
    <Anchor key={id} component={Link} to={`/firms/${id}`} display="block">
      {name}
    </Anchor>
  ));
}
