import { queryOptions } from '@tanstack/react-query';
import i18n from 'i18next';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Firm = components['schemas']['FirmAnswer'];
export type FirmRow = components['schemas']['FirmListItem'];
export type Contact = components['schemas']['ContactAnswer'];
export type ConsentLine = components['schemas']['ConsentAnswer'];
export type Cluster = components['schemas']['ClusterAnswer'];
export type ClusterStatus = Cluster['status'];
export type Milestone = components['schemas']['MilestoneAnswer'];
export type SourceFact = components['schemas']['FactAnswer'];
export type LeadRow = components['schemas']['LeadRowAnswer'];

/** The header with which the server words its warnings. */
export const spoken = () => ({ 'accept-language': i18n.language });

export const firmQuery = (id: string) =>
  queryOptions({
    queryKey: ['firm', id, i18n.language],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/firms/{id}', { signal, params: { path: { id }, header: spoken() } })),
  });

export const firmContactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', 'of-firm', id],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/firms/{id}/contacts', {
          signal,
          params: { path: { id }, query: { limit: 200 } },
        }),
      ),
  });

export const consentsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contact', contactId, 'consents'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/contacts/{id}/consents', { signal, params: { path: { id: contactId } } })),
  });

export const mailPreferencesQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contact', contactId, 'mail-preferences'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/contacts/{id}/mail-preferences', { signal, params: { path: { id: contactId } } }),
      ),
  });

export const districtsQuery = queryOptions({
  queryKey: ['cluster', 'districts'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/planning-districts', { signal })),
  staleTime: 60 * 60_000,
});

/** @param key the id or the code */
export const clusterQuery = (key: string) =>
  queryOptions({
    queryKey: ['cluster', key],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/clusters/{id}', { signal, params: { path: { id: key } } })),
  });

export const factsQuery = (id: string) =>
  queryOptions({
    queryKey: ['cluster', id, 'facts'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/clusters/{id}/facts', { signal, params: { path: { id } } })),
  });

export const statusHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['cluster', id, 'status-history'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/clusters/{id}/status-history', { signal, params: { path: { id } } })),
  });
