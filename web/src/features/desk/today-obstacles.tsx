import { Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { When } from '../../components/when';
import { DeskRow } from './desk-row';
import { DeskSection } from './desk-section';
import type { Today } from './today-queries';

/** Difficulties of investors that are late, due today, or in nobody's hand. */
export function TodayObstacles({ today: { obstacles } }: { today: Today }) {
  const { t } = useTranslation('exchange');
  if (obstacles.items.length === 0) return null;
  return (
    <DeskSection
      title={t('today.title')}
      count={obstacles.total}
      urgent={obstacles.items.some(({ overdue }) => overdue)}
    >
      {obstacles.items.map((obstacle) => (
        <DeskRow
          key={obstacle.id}
          id={`obstacle-${obstacle.id}`}
          lead={obstacle.lead}
          firm={obstacle.firm}
          late={obstacle.overdue}
          why={<Text lineClamp={2}>{obstacle.title}</Text>}
          when={
            <Group gap="xs">
              <Badge variant="light" size="sm" tt="none" color={obstacle.overdue ? 'red' : 'gray'}>
                {t(obstacle.overdue ? 'obstacles.overdue' : `obstacles.status.${obstacle.status}`)}
              </Badge>
              <Text size="sm" span>
                {t('obstacles.due')} <When at={obstacle.dueAt} inherit span />
              </Text>
            </Group>
          }
          actions={
            <Button component={Link} to={`/leads/${obstacle.lead.id}`} variant="default" size="sm">
              {t('open', { ns: 'today' })}
            </Button>
          }
        />
      ))}
    </DeskSection>
  );
}
