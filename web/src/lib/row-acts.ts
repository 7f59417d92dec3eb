import { useWindowEvent } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

const rowsOf = () => [...document.querySelectorAll<HTMLElement>('[data-act-row]')];

const isBusy = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  document.querySelector('[aria-modal="true"], [role="menu"]') !== null ||
  (event.target instanceof HTMLElement &&
    (event.target.isContentEditable || event.target.matches('input, textarea, select')));

/**
 * Rows by keyboard: j and k move among the elements marked `data-act-row="<id>"` (focusable), any other key named in
 * `acts` does that with the row in focus. When the row in focus leaves the page, the next one takes its place.
 */
export function useRowActs(acts: Record<string, (id: string, row: HTMLElement) => void>): void {
  const last = useRef<{ row: HTMLElement; index: number } | null>(null);
  const goTo = (index: number) => {
    const rows = rowsOf();
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    last.current = { row, index: rows.indexOf(row) };
  };
  useEffect(() => {
    const { current } = last;
    if (current && !current.row.isConnected && document.activeElement === document.body) goTo(current.index);
  });
  useWindowEvent('focusin', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-act-row]') : null;
    if (row) last.current = { row, index: rowsOf().indexOf(row) };
  });
  useWindowEvent('keydown', (event) => {
    if (isBusy(event)) return;
    const here = document.activeElement?.closest<HTMLElement>('[data-act-row]') ?? null;
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      if (!here) goTo(last.current?.index ?? 0);
      else goTo(rowsOf().indexOf(here) + (event.key === 'j' ? 1 : -1));
      return;
    }
    const act = acts[event.key];
    // Enter on a button or link inside the row is theirs
    if (!act || !here || (event.key === 'Enter' && document.activeElement !== here)) return;
    event.preventDefault();
    act(here.dataset.actRow!, here);
  });
}
