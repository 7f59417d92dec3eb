import { Box, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay, inLanguage } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import type { Lead } from './lead-queries';
import { isExit, useStages } from './stage-move';

/** Where on its way the lead is, and since when. */
export function LeadStages({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const nameOf = useStageName();
  const stages = useStages(lead.kind);
  const out = isExit(lead.stage);
  const at = stages.findIndex(({ code }) => code === (out ? lead.stageBeforeExit : lead.stage));
  const words = {
    stage: nameOf(lead.kind, lead.stage),
    since: formatDay(lead.stageSince),
    at: at + 1,
    of: stages.length,
  };
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{t(out ? 'stage.out' : 'stage.now', words)}</Text>
        <Text size="sm" c="dimmed">
          {t('stage.since', words)}
        </Text>
      </Group>
      <Group
        gap={4}
        wrap="nowrap"
        component="ol"
        p={0}
        m={0}
        style={{ listStyle: 'none' }}
        align="flex-start"
      >
        {stages.map((stage, index) => (
          <StageMark
            key={stage.code}
            name={inLanguage(stage)}
            is={index < at ? 'past' : index === at ? 'now' : 'ahead'}
            out={out}
          />
        ))}
      </Group>
      <ExitWords lead={lead} />
    </Stack>
  );
}

interface MarkProps {
  name: string;
  is: 'past' | 'now' | 'ahead';
  /** The lead has left the way. */
  out: boolean;
}

function StageMark({ name, is, out }: MarkProps) {
  const now = is === 'now';
  return (
    <Box component="li" flex={1} miw={0} aria-current={now ? 'step' : undefined}>
      <Progress
        value={is === 'ahead' ? 0 : 100}
        size={now ? 'md' : 'sm'}
        color={out ? 'gray' : 'pine'}
        mt={now ? 0 : 2}
        aria-hidden
      />
      <Text size="xs" c={now ? undefined : 'dimmed'} fw={now ? 700 : 400} visibleFrom="md" mt={4}>
        {is === 'past' && <IconCheck size={12} aria-hidden style={{ marginInlineEnd: 2 }} />}
        {name}
      </Text>
    </Box>
  );
}

/** Why a lead left the way, and when it may come back. */
function ExitWords({ lead }: { lead: Lead }) {
  const { t } = useTranslation(['lead', 'stage-move']);
  if (lead.stage === 'dormant' && lead.wakeOn)
    return <Text size="sm">{t('stage.wakeOn', { day: formatDay(lead.wakeOn) })}</Text>;
  if (lead.stage !== 'lost' || !lead.lostReason) return null;
  const reason = t(`lostReasons.${lead.lostReason}`, { ns: 'stage-move' });
  return (
    <Text size="sm">
      {t('stage.lostBecause', { reason })}
      {lead.lostTo && ` ${t('stage.lostTo', { place: lead.lostTo })}`}
    </Text>
  );
}
