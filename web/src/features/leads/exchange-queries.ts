import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type LeadDocument = components['schemas']['DocumentAnswer'];
export type Obstacle = components['schemas']['ObstacleAnswer'];
export type ObstacleCategory = Obstacle['category'];

export const CATEGORIES: ObstacleCategory[] = [
  'land_clearance',
  'planning',
  'procedure',
  'infrastructure',
  'environment',
  'labour',
  'finance',
  'other',
];

export const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx';

export const documentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead_document', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/documents', { signal, params: { path: { id } } })),
  });

export const obstaclesQuery = (id: string) =>
  queryOptions({
    queryKey: ['obstacle', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/obstacles', { signal, params: { path: { id } } })),
  });

/** Who of the investor's side may look at its case. */
export const visitorsQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'case-visitors'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/case-visitors', { signal, params: { path: { id } } })),
  });
