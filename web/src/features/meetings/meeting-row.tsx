import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeetingAsking } from './meeting-dialogs';
import { meetingTime, type Meeting } from './meeting-queries';

const COLORS = { booked: 'pine', held: 'blue', cancelled: 'gray', no_show: 'orange' } as const;

interface MeetingRowProps {
  meeting: Meeting;
  /** Its time has come: what became of it can be said. */
  begun: boolean;
  mayChange: boolean;
  ask: (asking: MeetingAsking) => void;
}

/** One agreed hour: when, where, with whom, and what can be done with it. */
export function MeetingRow({ meeting, begun, mayChange, ask }: MeetingRowProps) {
  const { t } = useTranslation('meetings');
  const over = meeting.status !== 'booked';
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">
        <Text fw={over ? 400 : 600}>{meetingTime(meeting)}</Text>
        <Badge variant="light" color={COLORS[meeting.status]} tt="none">
          {t(`status.${meeting.status}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {[
          t(`kind.${meeting.kind}`),
          meeting.location,
          t('with', { officer: meeting.officer.name }),
          meeting.contact?.name,
          meeting.bookedBy === 'investor' && t('byInvestor'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {meeting.note && <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{`“${meeting.note}”`}</Text>}
      {meeting.status === 'cancelled' && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {[t(`cancelledBy.${meeting.cancelledBy ?? 'system'}`), meeting.cancelReason]
            .filter(Boolean)
            .join(': ')}
        </Text>
      )}
      {!over && mayChange && <Acts meeting={meeting} begun={begun} ask={ask} />}
    </Stack>
  );
}

function Acts({ meeting, begun, ask }: Pick<MeetingRowProps, 'meeting' | 'begun' | 'ask'>) {
  const { t } = useTranslation('meetings');
  const button = { size: 'compact-sm', variant: 'default' } as const;
  const when = meetingTime(meeting);
  return (
    <Group gap="xs">
      {begun && (
        <Button {...button} variant="light" onClick={() => ask({ what: 'settle', meeting })}>
          {t('settle.open')}
        </Button>
      )}
      <Button {...button} aria-label={t('move.of', { when })} onClick={() => ask({ what: 'move', meeting })}>
        {t('move.open')}
      </Button>
      <Button
        {...button}
        aria-label={t('cancel.of', { when })}
        onClick={() => ask({ what: 'cancel', meeting })}
      >
        {t('cancel.open')}
      </Button>
    </Group>
  );
}
