import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCalendarEvent, IconCalendarPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows, QueryState } from '../../components/states';
import { useNow } from '../../lib/minute';
import { useLeadRights, type Lead } from '../leads/lead-queries';
import type { MeetingAsking } from './meeting-dialogs';
import { leadMeetingsQuery, type Meeting } from './meeting-queries';
import { MeetingRow } from './meeting-row';

/** Loaded when something is asked for the first time: it brings a calendar. */
const MeetingDialogs = lazy(() =>
  import('./meeting-dialogs').then((module) => ({ default: module.MeetingDialogs })),
);

const PAST_SHOWN = 3;

/** What is agreed with the investor, and how it went. */
export function LeadVisits({ lead }: { lead: Lead }) {
  const { t } = useTranslation('meetings');
  const query = useQuery(leadMeetingsQuery(lead.id));
  const mayChange = useLeadRights(lead).change;
  const [asking, setAsking] = useState<{ times: number; about: MeetingAsking } | null>(null);
  const ask = (about: MeetingAsking) => setAsking((before) => ({ times: (before?.times ?? 0) + 1, about }));
  return (
    <Card withBorder component="section" aria-labelledby="lead-visits">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <IconCalendarEvent size={20} aria-hidden />
            <Title order={2} size="h4" id="lead-visits">
              {t('title')}
            </Title>
          </Group>
          {mayChange && lead.stage !== 'lost' && (
            <Button
              size="sm"
              variant="light"
              leftSection={<IconCalendarPlus size={16} aria-hidden />}
              onClick={() => ask({ what: 'book' })}
            >
              {t('book')}
            </Button>
          )}
        </Group>
        <QueryState query={query} loading={<LoadingRows rows={1} height={56} />}>
          {({ items }) => <Meetings items={items} mayChange={mayChange} ask={ask} />}
        </QueryState>
      </Stack>
      {asking && (
        <Suspense>
          <MeetingDialogs key={asking.times} lead={lead} asking={asking.about} />
        </Suspense>
      )}
    </Card>
  );
}

interface MeetingsProps {
  items: Meeting[];
  mayChange: boolean;
  ask: (asking: MeetingAsking) => void;
}

function Meetings({ items, mayChange, ask }: MeetingsProps) {
  const { t } = useTranslation('meetings');
  const now = useNow().getTime();
  const open = items.filter(({ status }) => status === 'booked').reverse();
  const past = items.filter(({ status }) => status !== 'booked').slice(0, PAST_SHOWN);
  if (items.length === 0) return <Text c="dimmed">{t('none')}</Text>;
  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
      {[...open, ...past].map((meeting) => (
        <MeetingRow
          key={meeting.id}
          meeting={meeting}
          begun={Date.parse(meeting.startsAt) <= now}
          mayChange={mayChange}
          ask={ask}
        />
      ))}
    </Stack>
  );
}
