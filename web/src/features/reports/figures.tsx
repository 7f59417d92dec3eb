import { Anchor, Box, Text, type TextProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatHa, formatMoney, formatNumber } from '../../lib/format';
import type { Figure, KnownSum, MoneyFigure } from './report-queries';
import { useOpenRows } from './rows-drawer';
import { rowsOf, type RowsSource } from './rows';

interface OpenProps extends Pick<TextProps, 'fw' | 'size' | 'c'> {
  source: RowsSource;
  children: string;
}

/** A figure as a word that opens its rows; its full name for those who do not see where it stands. */
export function OpenRows({ source, children, ...text }: OpenProps) {
  const open = useOpenRows();
  return (
    <Anchor
      component="button"
      type="button"
      underline="always"
      inherit={text.size === undefined}
      display="inline-block"
      mih={24}
      miw={24}
      ta="inherit"
      aria-label={`${children} – ${source.title}`}
      aria-haspopup="dialog"
      onClick={() => open(source)}
      {...text}
    >
      {children}
    </Anchor>
  );
}

interface NamedProps<F> extends Pick<TextProps, 'fw' | 'size'> {
  figure: F;
  /** What is counted, and of whom. */
  what: string;
}

/** A count; nothing is nothing to open. */
export function Count({ figure, what, reassign, ...text }: NamedProps<Figure> & { reassign?: boolean }) {
  if (figure.value === 0)
    return (
      <Text span inherit={text.size === undefined} c="dimmed" {...text}>
        0
      </Text>
    );
  return (
    <OpenRows source={rowsOf(figure.rows, { title: what, count: figure.value, reassign })} {...text}>
      {formatNumber(figure.value)}
    </OpenRows>
  );
}

function Unknown({ figure, what, alone }: NamedProps<Figure> & { alone: boolean }) {
  const { t } = useTranslation('reports');
  if (alone)
    return (
      <Text span inherit c="dimmed">
        {figure.value === 0 ? '–' : t('unknown', { ns: 'common' })}
      </Text>
    );
  if (figure.value === 0) return null;
  const words = t('unknownCount', { count: figure.value, number: formatNumber(figure.value) });
  return (
    <OpenRows size="xs" source={rowsOf(figure.rows, { title: `${what}: ${words}`, count: figure.value })}>
      {words}
    </OpenRows>
  );
}

/** Each on its own line, on the side on which the cell has its words. */
const Lines = ({ children }: { children: ReactNode[] }) => (
  <Box component="span" display="inline-block" ta="inherit">
    {children.flat().map((line, index) => (
      <Box component="span" display="block" key={index}>
        {line}
      </Box>
    ))}
  </Box>
);

/** A sum of what is known, and how many say nothing. */
export function Sum({ figure, what, unit, ...text }: NamedProps<KnownSum> & { unit: 'ha' | 'jobs' }) {
  const { value, known, rows } = figure;
  return (
    <Lines>
      {known > 0 && (
        <OpenRows source={rowsOf(rows, { title: what, count: known, sum: value, unit })} {...text}>
          {unit === 'ha' ? formatHa(value) : formatNumber(value)}
        </OpenRows>
      )}
      <Unknown figure={figure.unknown} what={what} alone={known === 0} />
    </Lines>
  );
}

/** Sums by currency, one below the other, never added. */
export function Capital({ figure, what, ...text }: NamedProps<MoneyFigure>) {
  return (
    <Lines>
      {figure.sums.map(({ value, count, rows }) => (
        <OpenRows
          key={value.currency}
          source={rowsOf(rows, { title: what, count, sum: value.amount, unit: { currency: value.currency } })}
          {...text}
        >
          {formatMoney(value)}
        </OpenRows>
      ))}
      <Unknown figure={figure.unknown} what={what} alone={figure.sums.length === 0} />
    </Lines>
  );
}
