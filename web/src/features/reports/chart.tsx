import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './report-chart';

const ReportChart = lazy(() => import('./report-chart'));

/** A picture of the figures; what draws it is fetched when there is something to draw. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton height={240} />}>
      <ReportChart {...props} />
    </Suspense>
  );
}
