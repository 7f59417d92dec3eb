import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import type { Round } from './round-queries';

const VARIANT = { planned: 'outline', running: 'filled', closed: 'default' } as const;

export function RoundStatus({ status }: { status: Round['status'] }) {
  const { t } = useTranslation('rounds');
  return (
    <Badge variant={VARIANT[status]} style={{ textTransform: 'none', flexShrink: 0 }}>
      {t(`statuses.${status}`)}
    </Badge>
  );
}

/** @example "01/03/2026 – 05/03/2026" */
export const daysOf = ({ startsOn, endsOn }: Pick<Round, 'startsOn' | 'endsOn'>): string =>
  startsOn === endsOn ? formatDay(startsOn) : `${formatDay(startsOn)} – ${formatDay(endsOn)}`;
