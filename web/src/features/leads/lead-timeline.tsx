import { Box, Chip, Group, Text, Timeline, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MorePages } from '../../components/more';
import { EmptyState, QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { local } from '../../lib/format';
import { usePages } from '../../lib/pages';
import { useActivities, useMails, type TimelineEntry } from './lead-queries';
import { StoryEntry } from './timeline-entry';
import { SUBJECTS, type Subject } from './timeline-icons';

/** The key of the story as it is read without or with a filter. */
export const timelineKey = (leadId: string, about: readonly Subject[]) =>
  ['lead', leadId, 'timeline', ...about] as const;

/** What happened, the newest first: calls, mails with their proof, answers, rounds, stages. */
export function LeadTimeline({ leadId }: { leadId: string }) {
  const { t, i18n } = useTranslation('lead');
  const [about, setAbout] = useState<Subject[]>([]);
  const { query, items, total, isEstimate } = usePages<TimelineEntry>(
    [...timelineKey(leadId, about), i18n.language],
    (cursor, signal) =>
      take(
        api.GET('/api/v1/leads/{id}/timeline', {
          signal,
          params: {
            path: { id: leadId },
            query: { limit: 30, ...(cursor && { cursor }), ...(about.length > 0 && { about }) },
          },
        }),
      ),
  );
  return (
    <Box component="section" aria-labelledby="lead-timeline">
      <Title order={2} size="h4" id="lead-timeline" mb="xs">
        {t('timeline.title')}
      </Title>
      <Filter about={about} onChange={setAbout} />
      <QueryState query={{ ...query, data: items }}>
        {(entries) =>
          entries.length === 0 ? (
            <EmptyState
              icon={IconHistory}
              title={t('timeline.empty')}
              text={about.length > 0 ? t('timeline.emptyFiltered') : undefined}
            />
          ) : (
            <>
              <Days leadId={leadId} entries={entries} />
              <MorePages shown={entries.length} total={total} isEstimate={isEstimate} query={query} />
            </>
          )
        }
      </QueryState>
    </Box>
  );
}

function Filter({ about, onChange }: { about: Subject[]; onChange: (about: Subject[]) => void }) {
  const { t } = useTranslation('lead');
  return (
    <Chip.Group multiple value={about} onChange={(values) => onChange(values as Subject[])}>
      <Group gap={6} mb="md" role="group" aria-label={t('timeline.filter')}>
        {SUBJECTS.map((subject) => (
          <Chip key={subject} value={subject} size="xs" variant="light">
            {t(`about.${subject}`)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function Days({ leadId, entries }: { leadId: string; entries: TimelineEntry[] }) {
  const activities = useActivities(leadId);
  const mails = useMails(leadId);
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = local(entry.at).format('YYYY-MM-DD');
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, ofDay]) => (
    <Box key={day} mb="lg">
      <Text component="h3" size="sm" fw={600} c="dimmed" mt={0} mb="xs" tt="capitalize">
        {local(ofDay[0]!.at).format('dddd, DD/MM/YYYY')}
      </Text>
      <Timeline bulletSize={28} lineWidth={2} role="list" active={ofDay.length}>
        {ofDay.map((entry) => (
          <StoryEntry key={entry.id} entry={entry} activities={activities} mails={mails} />
        ))}
      </Timeline>
    </Box>
  ));
}
