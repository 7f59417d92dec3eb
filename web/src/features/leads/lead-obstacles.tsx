import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { When } from '../../components/when';
import { api, ifMatch, take } from '../../lib/api';
import { obstaclesQuery, type Obstacle } from './exchange-queries';
import { useLeadRights, type Lead } from './lead-queries';
import { RaiseObstacleDialog, ResolveObstacleDialog } from './obstacle-dialogs';
import { useMe } from '../../lib/session';

/** What stands in the project's way, who sees to it, and by when. */
export function LeadObstacles({ lead }: { lead: Lead }) {
  const { t } = useTranslation('exchange');
  const may = useLeadRights(lead);
  const me = useMe();
  const [opened, dialog] = useDisclosure();
  const query = useQuery(obstaclesQuery(lead.id));
  return (
    <Card withBorder component="section" aria-labelledby="lead-obstacles">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="lead-obstacles">
          {t('obstacles.title')}
        </Title>
        {may.change && (
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={dialog.open}
          >
            {t('obstacles.raise')}
          </Button>
        )}
      </Group>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('obstacles.none')}</Text>
          ) : (
            <Stack component="ul" gap="lg" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((obstacle) => (
                <Row
                  key={obstacle.id}
                  obstacle={obstacle}
                  mayChange={may.change || obstacle.owner?.id === me.id}
                />
              ))}
            </Stack>
          )
        }
      </QueryState>
      <RaiseObstacleDialog lead={lead} opened={opened} close={dialog.close} />
    </Card>
  );
}

const COLORS = { open: 'orange', in_progress: 'blue', resolved: 'pine', withdrawn: 'gray' } as const;

function Row({ obstacle, mayChange }: { obstacle: Obstacle; mayChange: boolean }) {
  const { t } = useTranslation('exchange');
  const { title, description, status, category, owner, dueAt, overdue, answer } = obstacle;
  const isOpen = status === 'open' || status === 'in_progress';
  return (
    <Stack component="li" gap={4}>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Text>
      <Group gap="xs">
        <Badge variant="light" size="sm" tt="none" color={COLORS[status]}>
          {t(`obstacles.status.${status}`)}
        </Badge>
        {overdue && (
          <Badge variant="light" size="sm" tt="none" color="red">
            {t('obstacles.overdue')}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {t(`obstacles.category.${category}`)} · {t(`obstacles.by.${obstacle.raisedBy}`)}
        </Text>
      </Group>
      {description && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {description}
        </Text>
      )}
      {isOpen && (
        <Text size="sm">
          {owner?.name ?? t('obstacles.nobody')} · {t('obstacles.due')} <When at={dueAt} inherit span />
        </Text>
      )}
      {answer && (
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          <strong>{t('obstacles.answer')}:</strong> {answer}
        </Text>
      )}
      {!obstacle.visibleToInvestor && (
        <Text size="sm" c="dimmed">
          {t('obstacles.hidden')}
        </Text>
      )}
      {mayChange && isOpen && <Acts obstacle={obstacle} />}
    </Stack>
  );
}

function Acts({ obstacle }: { obstacle: Obstacle }) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure();
  const move = useMutation({
    mutationFn: (status: 'in_progress' | 'withdrawn') =>
      take(
        api.PATCH('/api/v1/obstacles/{id}', {
          params: { path: { id: obstacle.id } },
          headers: ifMatch(obstacle.version),
          body: { status },
        }),
      ),
    onSuccess: ({ status }) => tellDone(t(`obstacles.done.${status}`)),
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['obstacle'] }),
  });
  return (
    <Group gap="xs" mt={4}>
      <Button size="compact-md" onClick={dialog.open}>
        {t('obstacles.resolve')}
      </Button>
      {obstacle.status === 'open' && (
        <Button
          variant="default"
          size="compact-md"
          loading={move.isPending}
          onClick={() => move.mutate('in_progress')}
        >
          {t('obstacles.take')}
        </Button>
      )}
      <Button variant="subtle" color="gray" size="compact-md" onClick={() => move.mutate('withdrawn')}>
        {t('obstacles.withdraw')}
      </Button>
      <ResolveObstacleDialog obstacle={obstacle} opened={opened} close={dialog.close} />
    </Group>
  );
}
