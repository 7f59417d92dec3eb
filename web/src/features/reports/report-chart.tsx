import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Card, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../lib/format';
import classes from './reports.module.css';

export interface ChartProps {
  /** What the picture shows, in one sentence. */
  title: string;
  /** At most five. */
  series: { name: string; label: string }[];
  /** A bar, or a group of bars, for each. */
  bars: { label: string; values: Record<string, number> }[];
  stacked?: boolean;
}

const INK = 'light-dark(var(--mantine-color-pine-8), var(--mantine-color-pine-3))';
const PAPER = 'var(--mantine-color-body)';
/** More groups than this are read in the table. */
const MOST = 14;

/** Told apart by what they are filled with: full, hatched, dotted, lined, empty. */
function Patterns({ id }: { id: string }) {
  const box = { patternUnits: 'userSpaceOnUse', width: 8, height: 8 } as const;
  const ink = { stroke: INK, strokeWidth: 2, fill: 'none' };
  return (
    <svg width={0} height={0} aria-hidden style={{ position: 'absolute' }}>
      <defs>
        <pattern id={`${id}0`} {...box}>
          <rect width={8} height={8} style={{ fill: INK }} />
        </pattern>
        <pattern id={`${id}1`} {...box}>
          <rect width={8} height={8} style={{ fill: PAPER }} />
          <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" style={ink} />
        </pattern>
        <pattern id={`${id}2`} {...box}>
          <rect width={8} height={8} style={{ fill: PAPER }} />
          <circle cx={4} cy={4} r={1.6} style={{ fill: INK }} />
        </pattern>
        <pattern id={`${id}3`} {...box}>
          <rect width={8} height={8} style={{ fill: PAPER }} />
          <path d="M0 4 L8 4 M4 0 L4 8" style={{ ...ink, strokeWidth: 1.2 }} />
        </pattern>
        <pattern id={`${id}4`} {...box}>
          <rect width={8} height={8} style={{ fill: PAPER }} />
        </pattern>
      </defs>
    </svg>
  );
}

function Legend({ id, series }: { id: string; series: ChartProps['series'] }) {
  if (series.length < 2) return null;
  return (
    <Group gap="md" mb="xs" aria-hidden>
      {series.map(({ name, label }, index) => (
        <Group key={name} gap={6} wrap="nowrap">
          <svg width={22} height={14}>
            <rect
              x={0.5}
              y={0.5}
              width={21}
              height={13}
              style={{ fill: `url(#${id}${index})`, stroke: INK }}
            />
          </svg>
          <Text size="sm">{label}</Text>
        </Group>
      ))}
    </Group>
  );
}

/** The figures as a picture that can be read in black and white; the table beside it says the same. */
export default function ReportChart({ title, series, bars, stacked = true }: ChartProps) {
  const { t } = useTranslation('reports');
  const id = `fill${useId().replace(/\W/g, '')}`;
  const small = useMediaQuery('(max-width: 48em)');
  const shown = bars.slice(0, MOST);
  const height = 60 + shown.length * (stacked ? 34 : 18 * series.length + 14);
  return (
    <Card withBorder className={classes.kept}>
      <Text fw={600} mb="xs">
        {title}
      </Text>
      <Patterns id={id} />
      <Legend id={id} series={series} />
      <div role="img" aria-label={t('chartOf', { what: title })}>
        <BarChart
          aria-hidden
          h={height}
          orientation="vertical"
          type={stacked ? 'stacked' : 'default'}
          data={shown.map(({ label, values }) => ({ label, ...values }))}
          dataKey="label"
          series={series.map(({ name, label }, index) => ({ name, label, color: `url(#${id}${index})` }))}
          valueFormatter={formatNumber}
          gridAxis="x"
          withTooltip={false}
          maxBarWidth={22}
          barProps={{ isAnimationActive: false, stroke: INK, strokeWidth: 1 }}
          xAxisProps={{ allowDecimals: false }}
          yAxisProps={{ width: small ? 118 : 210, interval: 0 }}
          barChartProps={{ accessibilityLayer: false }}
          {...(!stacked && { withBarValueLabel: true })}
        />
      </div>
      {bars.length > MOST && (
        <Text size="sm" c="dimmed">
          {t('chartFirst', { number: formatNumber(MOST) })}
        </Text>
      )}
    </Card>
  );
}
