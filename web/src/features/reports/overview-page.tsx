import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { NeglectedPart, ServicePart } from './overview-care';
import { ComingPart } from './overview-coming';
import { Part } from './overview-parts';
import { PipelineOf } from './overview-pipeline';
import { useReportAddress } from './report-address';
import { ReportFrame } from './report-frame';
import { targetsQuery } from './report-queries';
import { TargetsList } from './targets-list';

function TargetsPart({ asOf }: { asOf: string | undefined }) {
  const { t } = useTranslation('reports');
  const query = useQuery(targetsQuery({ asOf }));
  return (
    <QueryState query={query}>
      {(report) => {
        const { reached, notReached, unknown } = report.totals;
        return (
          <Part
            title={t('targets.title')}
            note={t('targets.summary', { reached, notReached, unknown })}
            report="targets"
          >
            <TargetsList report={report} />
          </Part>
        );
      }}
    </QueryState>
  );
}

/** Are we on course? What stands where, what is neglected, and what comes. */
export function OverviewPage() {
  const address = useReportAddress('overview');
  const { asOf } = address;
  return (
    <ReportFrame address={address}>
      <SimpleGrid cols={{ base: 1, lg: asOf ? 2 : 3 }}>
        {!asOf && <ComingPart />}
        <NeglectedPart asOf={asOf} />
        <ServicePart asOf={asOf} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <PipelineOf kind="infrastructure" asOf={asOf} />
        <PipelineOf kind="secondary" asOf={asOf} />
      </SimpleGrid>
      <TargetsPart asOf={asOf} />
    </ReportFrame>
  );
}
