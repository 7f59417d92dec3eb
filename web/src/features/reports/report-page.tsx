import { Navigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FollowUpTable } from './follow-up-report';
import { AgeingTable, PipelineTable } from './lead-reports';
import { REPORTS, useReportAddress, type ReportAddress, type ReportName } from './report-address';
import { ReportFrame } from './report-frame';
import { RoundsTable } from './rounds-report';
import { TargetsTable } from './targets-report';

const TABLES: Record<ReportName, (props: { address: ReportAddress }) => ReactNode> = {
  pipeline: PipelineTable,
  ageing: AgeingTable,
  'follow-up': FollowUpTable,
  rounds: RoundsTable,
  targets: TargetsTable,
};

function Report({ name }: { name: ReportName }) {
  const address = useReportAddress(name);
  const Table = TABLES[name];
  return (
    <ReportFrame address={address}>
      <Table address={address} />
    </ReportFrame>
  );
}

/** One report by its name in the address; another word leads to the overview. */
export function ReportPage() {
  const { report } = useParams({ from: '/shell/reports/$report' });
  const name = REPORTS.find((one) => one === report);
  return name ? <Report key={name} name={name} /> : <Navigate to="/reports" search={{}} replace />;
}
