import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../lib/api';

export const firmContactsQuery = (firmId: string) =>
  queryOptions({
    queryKey: ['contact', 'of-firm', firmId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/firms/{id}/contacts', {
          signal,
          params: { path: { id: firmId }, query: { limit: 200 } },
        }),
      ),
  });
