import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsSplit2, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { formatDay } from '../../lib/format';
import { useMay } from '../../lib/session';
import { FactDialog } from './fact-dialog';
import { FactPublish } from './fact-publish';
import { factsQuery, type Cluster, type SourceFact } from './directory-queries';

function byField(facts: SourceFact[]): [SourceFact['field'], SourceFact[]][] {
  const groups = new Map<SourceFact['field'], SourceFact[]>();
  for (const fact of facts) groups.set(fact.field, [...(groups.get(fact.field) ?? []), fact]);
  return [...groups];
}

/** What sources say, side by side: where they differ, nobody has chosen for the reader. */
export function ClusterSources({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const mayWrite = useMay('cluster.write');
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery(factsQuery(cluster.id));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('sources.title')}
        </Title>
        {mayWrite && (
          <Button size="xs" variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
            {t('sources.add')}
          </Button>
        )}
      </Group>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('sources.none')}</Text>
          ) : (
            <>
              {byField(items).map(([field, facts]) => (
                <Field key={field} clusterId={cluster.id} field={field} facts={facts} />
              ))}
            </>
          )
        }
      </QueryState>
      <FactDialog opened={opened} close={close} clusterId={cluster.id} />
    </Stack>
  );
}

interface FieldProps {
  clusterId: string;
  field: SourceFact['field'];
  facts: SourceFact[];
}

function Field({ clusterId, field, facts }: FieldProps) {
  const { t } = useTranslation('cluster');
  const mayWrite = useMay('cluster.write');
  const differ = new Set(facts.map(({ value }) => value)).size > 1;
  return (
    <Stack gap={6}>
      <Title order={3} size="h6">
        {t(`sources.field.${field}`)}
      </Title>
      {differ && (
        <Alert color="yellow" p="xs" icon={<IconArrowsSplit2 aria-hidden />}>
          <Text size="sm">{t('sources.differ')}</Text>
        </Alert>
      )}
      {facts.map((fact) => (
        <div
          key={fact.id}
          style={{
            paddingInlineStart: 12,
            borderInlineStart: '3px solid var(--mantine-color-default-border)',
          }}
        >
          <Text fw={600}>{fact.value}</Text>
          <Text size="sm" c="dimmed">
            {fact.source}
            {fact.asOf && ` · ${formatDay(fact.asOf)}`}
          </Text>
          {fact.note && <Text size="sm">{fact.note}</Text>}
          {mayWrite && <FactPublish clusterId={clusterId} fact={fact} />}
        </div>
      ))}
    </Stack>
  );
}
