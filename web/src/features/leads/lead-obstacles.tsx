import { ActionIcon, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { SectionCard } from '../../components/section-card';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBarrierBlock, IconCircleCheck, IconDots, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LongText } from '../../components/long-text';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { When } from '../../components/when';
import { api, ifMatch, take } from '../../lib/api';
import { obstaclesQuery, type Obstacle } from './exchange-queries';
import { useLeadRights, type Lead } from './lead-queries';
import { RaiseObstacleDialog, ResolveObstacleDialog } from './obstacle-dialogs';
import { EditObstacleDialog } from './obstacle-edit-dialog';
import { useMe } from '../../lib/session';

/** What stands in the project's way, who sees to it, and by when. */
export function LeadObstacles({ lead }: { lead: Lead }) {
  const { t } = useTranslation('exchange');
  const may = useLeadRights(lead);
  const me = useMe();
  const [opened, dialog] = useDisclosure();
  const query = useQuery(obstaclesQuery(lead.id));
  return (
    <SectionCard
      id="lead-obstacles"
      icon={IconBarrierBlock}
      title={t('obstacles.title')}
      action={
        may.change && (
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={dialog.open}
          >
            {t('obstacles.raise')}
          </Button>
        )
      }
    >
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('obstacles.none')}</Text>
          ) : (
            <Rows items={items} mayChange={(obstacle) => may.change || obstacle.owner?.id === me.id} />
          )
        }
      </QueryState>
      <RaiseObstacleDialog lead={lead} opened={opened} close={dialog.close} />
    </SectionCard>
  );
}

const isOpen = ({ status }: Obstacle) => status === 'open' || status === 'in_progress';

interface RowsProps {
  items: readonly Obstacle[];
  mayChange: (obstacle: Obstacle) => boolean;
}

/** What is open, and on demand what is settled. */
function Rows({ items, mayChange }: RowsProps) {
  const { t } = useTranslation('exchange');
  const [shown, { toggle }] = useDisclosure(false);
  const open = items.filter(isOpen);
  const settled = items.filter((obstacle) => !isOpen(obstacle));
  return (
    <Stack gap="lg" align="stretch">
      <Stack component="ul" gap="lg" p={0} m={0} style={{ listStyle: 'none' }}>
        {[...open, ...(shown ? settled : [])].map((obstacle) => (
          <Row key={obstacle.id} obstacle={obstacle} mayChange={mayChange(obstacle)} />
        ))}
      </Stack>
      {settled.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={shown}
          onClick={toggle}
          style={{ alignSelf: 'flex-start' }}
        >
          {t(shown ? 'obstacles.hideSettled' : 'obstacles.showSettled', { count: settled.length })}
        </Button>
      )}
    </Stack>
  );
}

const COLORS = { open: 'orange', in_progress: 'blue', resolved: 'pine', withdrawn: 'gray' } as const;

function Row({ obstacle, mayChange }: { obstacle: Obstacle; mayChange: boolean }) {
  const { t } = useTranslation('exchange');
  const { title, description, status, category, owner, dueAt, overdue, answer } = obstacle;
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
      {description && <LongText size="sm">{description}</LongText>}
      {isOpen(obstacle) && (
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
      {mayChange && isOpen(obstacle) && <Acts obstacle={obstacle} />}
    </Stack>
  );
}

function Acts({ obstacle }: { obstacle: Obstacle }) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure();
  const [editing, edit] = useDisclosure();
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
      <Button variant="light" size="compact-sm" onClick={dialog.open}>
        {t('obstacles.resolve')}
      </Button>
      {obstacle.status === 'open' && (
        <Button
          variant="default"
          size="compact-sm"
          loading={move.isPending}
          onClick={() => move.mutate('in_progress')}
        >
          {t('obstacles.take')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={26}
            aria-label={t('obstacles.moreActs', { title: obstacle.title })}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={edit.open}>
            {t('obstacles.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCircleCheck size={16} aria-hidden />}
            onClick={() => move.mutate('withdrawn')}
          >
            {t('obstacles.withdraw')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ResolveObstacleDialog obstacle={obstacle} opened={opened} close={dialog.close} />
      <EditObstacleDialog obstacle={obstacle} opened={editing} close={edit.close} />
    </Group>
  );
}
