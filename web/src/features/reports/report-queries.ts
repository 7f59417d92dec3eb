import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import i18n from 'i18next';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

type Schemas = components['schemas'];
export type Figure = Schemas['Figure'];
export type KnownSum = Schemas['KnownSum'];
export type MoneyFigure = Schemas['MoneyFigure'];
export type PipelineReport = Schemas['PipelineReport'];
export type AgeingReport = Schemas['AgeingReport'];
export type FollowUpReport = Schemas['FollowUpReport'];
export type RoundsReport = Schemas['RoundsReport'];
export type TargetsReport = Schemas['TargetsReport'];
export type ReportNote = Schemas['ReportNote'];

/** A report's question as it stands in the address. */
export type Question = Record<string, string | undefined>;

/** Texts are the server's: another language is another answer. */
const asked = <T>(
  name: string,
  question: Question,
  read: (query: object, signal: AbortSignal) => Promise<T>,
) =>
  queryOptions({
    queryKey: ['report', name, question, i18n.language],
    queryFn: ({ signal }) => read(question, signal),
    placeholderData: keepPreviousData,
  });

export const pipelineQuery = (question: Question) =>
  asked('pipeline', question, (query, signal) =>
    take(api.GET('/api/v1/reports/pipeline', { signal, params: { query } })),
  );

export const ageingQuery = (question: Question) =>
  asked('ageing', question, (query, signal) =>
    take(api.GET('/api/v1/reports/ageing', { signal, params: { query } })),
  );

export const followUpQuery = (question: Question) =>
  asked('follow-up', question, (query, signal) =>
    take(api.GET('/api/v1/reports/follow-up', { signal, params: { query } })),
  );

export const roundsQuery = (question: Question) =>
  asked('rounds', question, (query, signal) =>
    take(api.GET('/api/v1/reports/rounds', { signal, params: { query } })),
  );

export const targetsQuery = (question: Question) =>
  asked('targets', question, (query, signal) =>
    take(api.GET('/api/v1/reports/targets', { signal, params: { query } })),
  );
