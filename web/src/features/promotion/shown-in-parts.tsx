import { useState, type ReactNode } from 'react';
import { More } from '../../components/more';

interface Props<T> {
  items: T[];
  /** How many are shown at once. */
  size?: number;
  children: (shown: T[]) => ReactNode;
}

/** Thousands of rows that are here already, some at a time. */
export function ShownInParts<T>({ items, size = 50, children }: Props<T>) {
  const [limit, setLimit] = useState(size);
  return (
    <>
      {children(items.slice(0, limit))}
      {items.length > limit && (
        <More
          shown={limit}
          total={items.length}
          hasMore
          loading={false}
          load={() => setLimit(limit + size)}
        />
      )}
    </>
  );
}
