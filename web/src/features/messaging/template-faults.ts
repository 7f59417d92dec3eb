import { useTranslation } from 'react-i18next';
import type { FieldFault } from '../../lib/problem';

/** Where in a text a name is used, from line 1; null when it is not found as written. */
function lineOf(text: string, name: string): number | null {
  const index = text.split('\n').findIndex((line) => line.includes(name));
  return index < 0 ? null : index + 1;
}

/** What the server found wrong in a text, in words and with its line. */
export function useFaultWords(): (fault: FieldFault, text: string) => string {
  const { t } = useTranslation('templates');
  const placed = (line: number | null, words: string) =>
    line === null ? words : t('fault.atLine', { line, words });
  return (fault, text) => {
    if (fault.code === 'unknown_variable') {
      const name = /[“"]([^”"]+)[”"]/.exec(fault.message)?.[1];
      if (!name) return fault.message;
      return placed(lineOf(text, name), t('fault.unknown', { name }));
    }
    if (fault.code !== 'template_syntax') return fault.message;
    const line = Number(/line:\s?(\d+)/.exec(fault.message)?.[1]) || null;
    const open = /(?:tag|output) "?(\{[{%].*)"? not closed/.exec(fault.message)?.[1];
    if (open) return placed(line, t('fault.notClosed', { part: open.replace(/\\n.*$|"$/, '') }));
    return placed(line, fault.message.replace(/,?\s*line:\s?\d+.*$/, ''));
  };
}
