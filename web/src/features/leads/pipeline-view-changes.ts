import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';

export type SavedView = components['schemas']['SavedViewAnswer'];
type NewView = components['schemas']['CreateSavedView'];
type ViewChange = components['schemas']['ChangeSavedView'];

export const savedViewsQuery = queryOptions({
  queryKey: ['view', 'pipeline'],
  queryFn: ({ signal }) =>
    take(api.GET('/api/v1/saved-views', { signal, params: { query: { page: 'pipeline' } } })),
  staleTime: 5 * 60_000,
});

/** Keeping, changing and deleting views; what is deleted can be taken back. */
export function useViewChanges() {
  const { t } = useTranslation('pipeline');
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ['view'] });
  const create = useMutation({
    mutationFn: (body: NewView) => take(api.POST('/api/v1/saved-views', { body })),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ view, body }: { view: SavedView; body: ViewChange }) =>
      take(
        api.PATCH('/api/v1/saved-views/{id}', {
          params: { path: { id: view.id } },
          body,
          headers: ifMatch(view.version),
        }),
      ),
    onSuccess: ({ name }) => tellDone(t('savedViews.changed', { name })),
    onError: tellFailure,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) =>
      take(api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id: view.id } } })),
    onSuccess: (_nothing, { name, page, query, shared }) =>
      tellDone(t('savedViews.deleted', { name }), () =>
        create.mutate({ name, page, query, shared }, { onError: tellFailure }),
      ),
    onError: tellFailure,
    onSettled,
  });
  return { create, change, remove };
}
