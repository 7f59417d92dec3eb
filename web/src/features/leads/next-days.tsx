import { Button, Group } from '@mantine/core';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { today } from '../../lib/format';

/** Days from today, as one says them. */
const AHEAD = { tomorrow: 1, inThreeDays: 3, inAWeek: 7, inTwoWeeks: 14 } as const;

/** The next days at one press. */
export function NextDays({ onPick }: { onPick: (day: string) => void }) {
  const { t } = useTranslation('lead');
  return (
    <Group gap={4}>
      {(Object.keys(AHEAD) as (keyof typeof AHEAD)[]).map((name) => (
        <Button
          key={name}
          size="compact-sm"
          variant="default"
          onClick={() => onPick(dayjs(today()).add(AHEAD[name], 'day').format('YYYY-MM-DD'))}
        >
          {t(`days.${name}`)}
        </Button>
      ))}
    </Group>
  );
}
