import { Anchor, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import dayjs from 'dayjs';
import { QueryState } from '../../components/states';
import { formatDay, today } from '../../lib/format';
import { Count } from './figures';
import { Part } from './overview-parts';
import { ageingQuery, followUpQuery, type AgeingReport } from './report-queries';
import { ServiceTable } from './service-table';

type AgeingGroup = AgeingReport['groups'][number];

/** Each officer once, with what lies still of each kind; who has most first. */
function byOwner(groups: AgeingGroup[]) {
  const owners = new Map<string, { label: string; id: string | null; kinds: AgeingGroup[]; stale: number }>();
  for (const group of groups) {
    if (group.figures.stale.value === 0) continue;
    const key = group.value ?? '';
    const one = owners.get(key) ?? { label: group.label, id: group.value, kinds: [], stale: 0 };
    one.kinds.push(group);
    one.stale += group.figures.stale.value;
    owners.set(key, one);
  }
  return [...owners.values()].sort((a, b) => b.stale - a.stale);
}

const KINDS = ['infrastructure', 'secondary'] as const;

function Owners({ report }: { report: AgeingReport }) {
  const { t } = useTranslation('reports');
  const owners = byOwner(report.groups);
  if (owners.length === 0) return <Text c="dimmed">{t('neglected.none')}</Text>;
  return (
    <Table verticalSpacing={4} horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('group.owner')}</Table.Th>
          {KINDS.map((kind) => (
            <Table.Th key={kind} ta="right">
              {t(`kind.${kind}`, { ns: 'common' })}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {owners.map(({ label, id, kinds }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              <Anchor
                inherit
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/pipeline"
                    search={{ view: 'table', kind: kinds[0]!.kind, ownerId: id ?? 'none', stale: 'true' }}
                  />
                )}
              >
                {label}
              </Anchor>
            </Table.Th>
            {KINDS.map((kind) => {
              const group = kinds.find((one) => one.kind === kind);
              return (
                <Table.Td key={kind} ta="right">
                  {group ? (
                    <Count
                      figure={group.figures.stale}
                      what={`${t('column.stale')}: ${label}, ${group.kindLabel}`}
                      fw={600}
                    />
                  ) : (
                    0
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Whose leads lie still for longer than their stage allows. */
export function NeglectedPart({ asOf }: { asOf: string | undefined }) {
  const { t } = useTranslation('reports');
  const query = useQuery(ageingQuery({ groupBy: 'owner', asOf }));
  return (
    <Part title={t('neglected.title')} report="ageing" words={{ groupBy: 'owner' }}>
      <QueryState query={query}>
        {(report) => (
          <Stack gap="sm">
            <Text>
              <Count figure={report.totals.stale} what={t('neglected.title')} fw={700} />{' '}
              {t('neglected.text')}
            </Text>
            <Owners report={report} />
          </Stack>
        )}
      </QueryState>
    </Part>
  );
}

/** Service is judged by what was asked lately. */
const DAYS = 90;

/** How soon investors are answered. */
export function ServicePart({ asOf }: { asOf: string | undefined }) {
  const { t } = useTranslation('reports');
  const to = asOf ?? today();
  const from = dayjs(to)
    .subtract(DAYS - 1, 'day')
    .format('YYYY-MM-DD');
  const query = useQuery(followUpQuery({ groupBy: 'owner', from, to, asOf }));
  return (
    <Part
      title={t('service.title')}
      note={t('service.period', { from: formatDay(from), to: formatDay(to) })}
      report="follow-up"
      words={{ from, to }}
    >
      <QueryState query={query}>{(report) => <ServiceTable service={report.serviceStandard} />}</QueryState>
    </Part>
  );
}
