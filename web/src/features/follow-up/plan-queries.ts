import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { instantOf } from '../../lib/format';

export type Plan = components['schemas']['PlanAnswer'];
export type Step = components['schemas']['StepAnswer'];
export type StepBody = components['schemas']['StepBody'];
export type Offset = components['schemas']['OffsetField'];
export type StopStages = components['schemas']['StopStagesField'];
export type SampleDates = components['schemas']['SampleDatesAnswer'];
export type Day = components['schemas']['DayAnswer'];

/** The default plan first; those out of use only when asked for. */
export const plansQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ['plan', 'list', archived],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/follow-up-plans', { signal, params: { query: { archived } } })),
    placeholderData: keepPreviousData,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['plan', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/follow-up-plans/{id}', { signal, params: { path: { id } } })),
  });

/** The hour of the day at which the sample round is closed. */
const CLOSING_HOUR = '09:00';

/** When steps, saved or not, would be due if a round were closed on a day. */
export const sampleDatesQuery = (day: string, offsets: Offset[]) =>
  queryOptions({
    queryKey: ['calendar', 'sample', day, offsets],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v1/follow-up-plans/sample-dates', {
          signal,
          body: {
            closedAt: instantOf(day, CLOSING_HOUR),
            steps: offsets.map((offset, index) => ({ key: String(index), offset })),
          },
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: offsets.length > 0,
  });
