import { useNavigate, useSearch } from '@tanstack/react-router';

type Filters = Record<string, string | undefined>;

/** A list's filters, kept in the address; an empty one leaves it. */
export function useFilters(from: '/shell/firms' | '/shell/clusters'): [Filters, (changes: Filters) => void] {
  const filters: Filters = useSearch({ from });
  const navigate = useNavigate();
  const change = (changes: Filters) =>
    void navigate({
      to: from === '/shell/firms' ? '/firms' : '/clusters',
      search: (old: Filters) => ({ ...old, ...changes }),
      replace: true,
    });
  return [filters, change];
}
