import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../lib/format';
import { Count } from './figures';
import type { FollowUpReport } from './report-queries';

type Service = FollowUpReport['serviceStandard'];
const CLOCKS = ['acknowledgement', 'answer'] as const;

/** How long investors wait: the middle, nine of ten, the longest, and who waits still. */
export function ServiceTable({ service }: { service: Service }) {
  const { t } = useTranslation('reports');
  if (service.enquiries.value === 0) return <Text c="dimmed">{t('service.none')}</Text>;
  const hours = (value: number | null) =>
    value === null
      ? t('unknown', { ns: 'common' })
      : t('hours', { number: formatNumber(Math.round(value * 10) / 10) });
  const rows = [
    {
      key: 'done',
      cell: (clock: (typeof CLOCKS)[number]) => <ServiceCount {...{ service, clock, of: 'done' }} />,
    },
    {
      key: 'outstanding',
      cell: (clock: (typeof CLOCKS)[number]) => <ServiceCount {...{ service, clock, of: 'outstanding' }} />,
    },
    ...(['median', 'p90', 'max'] as const).map((key) => ({
      key,
      cell: (clock: (typeof CLOCKS)[number]) => hours(service[clock][key]),
    })),
  ];
  return (
    <Stack gap="sm">
      <Text>
        <Count figure={service.enquiries} what={t('service.enquiries')} fw={700} />{' '}
        {t('service.enquiriesText')}
      </Text>
      <Table verticalSpacing={4} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('service.measure')}</Table.Th>
            {CLOCKS.map((clock) => (
              <Table.Th key={clock} ta="right">
                {t(`service.${clock}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cell }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={400}>
                {t(`service.${key}`)}
              </Table.Th>
              {CLOCKS.map((clock) => (
                <Table.Td key={clock} ta="right">
                  {cell(clock)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        {t('service.byTheCalendar')}
      </Text>
    </Stack>
  );
}

interface ServiceCountProps {
  service: Service;
  clock: (typeof CLOCKS)[number];
  of: 'done' | 'outstanding';
}

function ServiceCount({ service, clock, of }: ServiceCountProps) {
  const { t } = useTranslation('reports');
  return (
    <Count figure={service[clock][of]} what={`${t(`service.${of}`)}: ${t(`service.${clock}`)}`} fw={600} />
  );
}
