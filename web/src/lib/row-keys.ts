import { useHotkeys } from '@mantine/hooks';
import { useRef, type RefObject } from 'react';

/**
 * `j` and `k` move among the rows of a list: among the elements inside it that have `data-row` and can be seen. They
 * are links or buttons, so that Enter opens them.
 */
export function useRowKeys<T extends HTMLElement>(): RefObject<T | null> {
  const list = useRef<T>(null);
  const move = (step: 1 | -1) => () => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].filter(
      (row) => row.offsetParent !== null,
    );
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? rows.at(step > 0 ? 0 : -1) : rows[at + step];
    next?.focus();
  };
  useHotkeys([
    ['j', move(1)],
    ['k', move(-1)],
  ]);
  return list;
}
