import { Group, Text } from '@mantine/core';
import type { ReactElement, SVGAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterStatus as Status } from './directory-queries';

/** In the order of the law; the way out last. */
export const STATUSES: Status[] = [
  'planned',
  'calling_for_investor',
  'dossier_filed',
  'established',
  'under_construction',
  'operating',
  'dropped',
];

/** A shape and a colour for each status, in a square from -10 to 10: none is told by its colour alone. */
const SHAPES: Record<Status, { color: string; shape: (props: SVGAttributes<SVGElement>) => ReactElement }> = {
  planned: {
    color: 'gray',
    shape: (props) => <circle {...props} r={6.5} fillOpacity={0.15} strokeWidth={2.5} />,
  },
  calling_for_investor: { color: 'orange', shape: (props) => <path {...props} d="M0 -9 L9 7.5 L-9 7.5 Z" /> },
  dossier_filed: { color: 'grape', shape: (props) => <path {...props} d="M0 -9 L9 0 L0 9 L-9 0 Z" /> },
  established: {
    color: 'blue',
    shape: (props) => <rect {...props} x={-7.5} y={-7.5} width={15} height={15} />,
  },
  under_construction: {
    color: 'cyan',
    shape: (props) => <path {...props} d="M0 -9 L8.6 -2.8 L5.3 7.3 L-5.3 7.3 L-8.6 -2.8 Z" />,
  },
  operating: { color: 'green', shape: (props) => <circle {...props} r={8} /> },
  dropped: {
    color: 'gray',
    shape: (props) => <path {...props} d="M-6 -6 L6 6 M6 -6 L-6 6" strokeWidth={3} />,
  },
};

/** The shape of a status, to be placed in a drawing. */
export function StatusShape({ status }: { status: Status }) {
  const { color, shape: Shape } = SHAPES[status];
  const hue = `light-dark(var(--mantine-color-${color}-8), var(--mantine-color-${color}-4))`;
  return (
    <Shape
      fill={hue}
      stroke={status === 'planned' || status === 'dropped' ? hue : 'var(--mantine-color-body)'}
    />
  );
}

/** A cluster's status in words, with its shape. */
export function ClusterStatus({ status, size = 'sm' }: { status: Status; size?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <svg width={16} height={16} viewBox="-10 -10 20 20" aria-hidden style={{ flexShrink: 0 }}>
        <StatusShape status={status} />
      </svg>
      <Text span size={size}>
        {t(`clusterStatus.${status}`)}
      </Text>
    </Group>
  );
}
