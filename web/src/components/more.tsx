import { Button, Center, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../lib/format';

interface MoreProps {
  shown: number;
  total: number;
  isEstimate?: boolean;
  hasMore: boolean;
  loading: boolean;
  load: () => void;
}

/** How many of how many are shown, and the next page. */
export function More({ shown, total, isEstimate, hasMore, loading, load }: MoreProps) {
  const { t } = useTranslation();
  return (
    <Center py="sm" style={{ gap: 12 }}>
      <Text size="sm" c="dimmed" aria-live="polite">
        {t(isEstimate ? 'shownOfAbout' : 'shownOf', {
          shown: formatNumber(shown),
          total: formatNumber(total),
        })}
      </Text>
      {hasMore && (
        <Button size="xs" variant="default" loading={loading} onClick={load}>
          {t('more')}
        </Button>
      )}
    </Center>
  );
}

interface MorePagesProps extends Omit<MoreProps, 'hasMore' | 'loading' | 'load'> {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The same for a list that `usePages` reads. */
export function MorePages({ query, ...counts }: MorePagesProps) {
  return (
    <More
      {...counts}
      hasMore={query.hasNextPage}
      loading={query.isFetchingNextPage}
      load={() => void query.fetchNextPage()}
    />
  );
}
