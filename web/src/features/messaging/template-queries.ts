import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Template = components['schemas']['TemplateAnswer'];
export type TemplateListItem = components['schemas']['TemplateListItem'];

/** Every template; an agency has a few dozen at most. */
export const templatesQuery = queryOptions({
  queryKey: ['template', 'list'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/templates', { signal, params: { query: { limit: 200 } } })),
});

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['template', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/templates/{id}', { signal, params: { path: { id } } })),
  });
