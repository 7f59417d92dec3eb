import { Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hours, type Meeting } from './meeting-queries';

/** What a meeting of today is about, for a row of a list. */
export function MeetingWhy({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('meetings');
  return (
    <Group gap="xs" component="span">
      <Text span fw={600}>
        {hours(meeting)}
      </Text>
      <Badge component="span" variant="light" tt="none">
        {t(`kind.${meeting.kind}`)}
      </Badge>
      {meeting.status === 'held' && t('status.held')}
    </Group>
  );
}

export function MeetingWhere({ meeting }: { meeting: Meeting }) {
  return [meeting.location, meeting.contact?.name, meeting.officer.name].filter(Boolean).join(' · ');
}

export function OpenMeeting({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('meetings');
  return (
    <Button
      component={Link}
      to={`/leads/${meeting.lead.id}`}
      variant="default"
      size="sm"
      flex={{ base: 1, sm: 'none' }}
    >
      {t('open')}
    </Button>
  );
}
