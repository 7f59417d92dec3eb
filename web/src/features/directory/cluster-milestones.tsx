import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import { useMay } from '../../lib/session';
import type { Cluster, Milestone } from './directory-queries';
import { MILESTONES, MilestoneDialog } from './milestone-dialog';

type Open = { milestone: Milestone | null } | null;

/** What has been reached, with the proof of it, and what has not. */
export function ClusterMilestones({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const mayWrite = useMay('cluster.write');
  const [open, setOpen] = useState<Open>(null);
  const left = MILESTONES.filter((kind) => !cluster.milestones.some((one) => one.kind === kind));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('milestone.title')}
        </Title>
        {mayWrite && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen({ milestone: null })}
          >
            {t('milestone.add')}
          </Button>
        )}
      </Group>
      {cluster.milestones.map((milestone) => (
        <Reached
          key={milestone.id}
          milestone={milestone}
          edit={mayWrite ? () => setOpen({ milestone }) : undefined}
        />
      ))}
      {left.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('milestone.left', { list: left.map((kind) => t(`milestone.kind.${kind}`)).join('; ') })}
        </Text>
      )}
      <MilestoneDialog
        opened={open !== null}
        close={() => setOpen(null)}
        clusterId={cluster.id}
        milestone={open?.milestone ?? null}
      />
    </Stack>
  );
}

function Reached({ milestone, edit }: { milestone: Milestone; edit: (() => void) | undefined }) {
  const { t } = useTranslation('cluster');
  const name = t(`milestone.kind.${milestone.kind}`);
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon size={22} radius="xl" variant="light" aria-hidden>
        <IconCheck size={14} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600}>{name}</Text>
        <Text size="sm">
          {[milestone.on ? formatDay(milestone.on) : t('noDay'), milestone.decisionNumber]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {milestone.source}
        </Text>
        {milestone.note && <Text size="sm">{milestone.note}</Text>}
      </div>
      {edit && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={edit}
          aria-label={`${t('edit', { ns: 'common' })}: ${name}`}
        >
          {t('edit', { ns: 'common' })}
        </Button>
      )}
    </Group>
  );
}
