import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsHere } from '../../components/translated';
import { formatDay } from '../../lib/format';
import { useMay } from '../../lib/session';
import { UTILITY_KINDS, type Utility } from './land-queries';
import { Act } from './public-access';
import { UtilityDialog } from './utility-dialog';

const COLORS: Record<Utility['state'], string> = {
  available: 'pine',
  under_construction: 'blue',
  planned: 'gray',
  missing: 'red',
};

/** Each kind of infrastructure; what nobody has entered is not known, which is not the same as missing. */
export function PublicUtilities({ clusterId, items }: { clusterId: string; items: Utility[] }) {
  const { t } = useTranslation('cluster-public');
  const mayWrite = useMay('cluster.write');
  const [editing, setEditing] = useState<Utility['kind'] | null>(null);
  const of = (kind: Utility['kind']) => items.find((one) => one.kind === kind);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('utility.title')}
      </Title>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {UTILITY_KINDS.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={600} w="34%">
                {t(`utility.kind.${kind}`)}
              </Table.Th>
              <Table.Td>
                <UtilityState utility={of(kind)} />
              </Table.Td>
              {mayWrite && (
                <Table.Td w={50} ta="end">
                  <Act
                    label={t('editNamed', { name: t(`utility.kind.${kind}`) })}
                    onClick={() => setEditing(kind)}
                    Symbol={IconPencil}
                  />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {editing && (
        <UtilityDialog
          clusterId={clusterId}
          kind={editing}
          utility={of(editing)?.id ? of(editing)! : null}
          close={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}

function UtilityState({ utility }: { utility: Utility | undefined }) {
  const { t } = useTranslation('cluster-public');
  if (!utility) return <Text c="dimmed">{t('unknown', { ns: 'common' })}</Text>;
  const { state, capacity, note, source, asOf, milestone } = utility;
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Badge color={COLORS[state]} variant="light" tt="none" c="var(--mantine-color-text)">
          {t(`utility.state.${state}`)}
        </Badge>
        {capacity && <Text size="sm">{wordsHere(capacity)}</Text>}
      </Group>
      {note && <Text size="sm">{wordsHere(note)}</Text>}
      <Text size="sm" c="dimmed">
        {milestone && `${t('utility.byMilestone')} `}
        {source}
        {asOf && ` · ${formatDay(asOf)}`}
      </Text>
    </Stack>
  );
}
