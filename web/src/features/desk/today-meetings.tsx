import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { local } from '../../lib/format';
import { useNow } from '../../lib/minute';
import { MeetingWhere, MeetingWhy, OpenMeeting } from '../meetings/day-meetings';
import { dayMeetingsQuery } from '../meetings/meeting-queries';
import { DeskRow } from './desk-row';
import { DeskSection } from './desk-section';

export function useDayMeetings(who: string) {
  return useQuery(dayMeetingsQuery(who, local(useNow()).format('YYYY-MM-DD')));
}

/** Whom one receives today. */
export function TodayMeetings({ who }: { who: string }) {
  const { t } = useTranslation('meetings');
  const { data } = useDayMeetings(who);
  if (!data || data.items.length === 0) return null;
  return (
    <DeskSection title={t('today')} count={data.total}>
      {data.items.map((meeting) => (
        <DeskRow
          key={meeting.id}
          id={`meeting-${meeting.id}`}
          lead={meeting.lead}
          firm={meeting.firm}
          why={<MeetingWhy meeting={meeting} />}
          when={<MeetingWhere meeting={meeting} />}
          actions={<OpenMeeting meeting={meeting} />}
        />
      ))}
    </DeskSection>
  );
}
