import { useNavigate, useSearch } from '@tanstack/react-router';
import { today } from '../../lib/format';
import type { Question } from './report-queries';

export const REPORTS = ['pipeline', 'ageing', 'follow-up', 'rounds', 'targets'] as const;
export type ReportName = (typeof REPORTS)[number];

export const LEAD_GROUPINGS = [
  'stage',
  'owner',
  'cluster',
  'planningDistrict',
  'source',
  'round',
  'month',
] as const;

export type FilterName =
  'kind' | 'ownerId' | 'clusterId' | 'planningDistrictId' | 'source' | 'roundId' | 'from' | 'to';

const OF_LEADS: FilterName[] = [
  'kind',
  'ownerId',
  'clusterId',
  'planningDistrictId',
  'source',
  'roundId',
  'from',
  'to',
];

/** What each report can be narrowed by; of the day as of which it stands, each. */
export const FILTERS_OF: Record<ReportName | 'overview', readonly FilterName[]> = {
  overview: [],
  pipeline: OF_LEADS,
  ageing: OF_LEADS,
  'follow-up': OF_LEADS,
  rounds: ['kind', 'roundId', 'from', 'to'],
  targets: ['from', 'to'],
};

/** What groups the rows; the usual one first. */
export const GROUPINGS_OF: Record<ReportName | 'overview', readonly string[]> = {
  overview: [],
  pipeline: LEAD_GROUPINGS,
  ageing: LEAD_GROUPINGS,
  'follow-up': ['owner', 'ownerStep', 'step', 'round'],
  rounds: [],
  targets: [],
};

export interface ReportAddress {
  name: ReportName | 'overview';
  words: Question;
  groupBy: string | undefined;
  /** A day before today; left out: now. */
  asOf: string | undefined;
  /** As the contract takes it, with only what this report can be narrowed by. */
  question: Question;
  set: (words: Question) => void;
  clear: () => void;
}

/** A report's question is in its address, so that a link shares it. */
export function useReportAddress(name: ReportName | 'overview'): ReportAddress {
  const words: Question = useSearch({ strict: false });
  const navigate = useNavigate();
  const asOf = words.asOf && words.asOf < today() ? words.asOf : undefined;
  const groupings = GROUPINGS_OF[name];
  const groupBy = groupings.find((one) => one === words.groupBy) ?? groupings[0];
  const given = FILTERS_OF[name].flatMap((filter) => (words[filter] ? [[filter, words[filter]]] : []));
  const go = (change: (before: Question) => Question) =>
    void navigate({ to: '.', search: (before: object) => change(before as Question), replace: true });
  return {
    name,
    words,
    groupBy,
    asOf,
    question: { ...Object.fromEntries(given), ...(asOf && { asOf }), ...(groupBy && { groupBy }) },
    set: (changed) => go((before) => ({ ...before, ...changed })),
    clear: () => go(({ groupBy: kept }) => ({ groupBy: kept })),
  };
}
