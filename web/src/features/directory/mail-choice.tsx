import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import { mailPreferencesQuery, type Contact } from './directory-queries';

/** What the reader of a mailbox chose to get, to be read only: it is theirs. Nothing when nothing was chosen. */
export function MailChoice({ contact }: { contact: Contact }) {
  const { t } = useTranslation('consents');
  const { data } = useQuery({ ...mailPreferencesQuery(contact.id), enabled: contact.email !== null });
  if (!data?.chosen) return null;
  const { topics, frequency, language, chosenAt, chosenBy } = data.chosen;
  return (
    <Stack gap={2} role="group" aria-label={t('chosen.title', { day: formatDay(chosenAt) })}>
      <Text size="sm" fw={500}>
        {t('chosen.title', { day: formatDay(chosenAt) })}
      </Text>
      <Text size="sm">
        {t('chosen.topics', { topics: topics.map((topic) => t(`chosen.topic.${topic}`)).join('; ') })}
      </Text>
      <Text size="sm">{`${t(`chosen.frequency.${frequency}`)} · ${t(`chosen.language.${language}`)}`}</Text>
      {chosenBy !== contact.fullName && (
        <Text size="sm" c="dimmed">
          {t('chosen.by', { name: chosenBy })}
        </Text>
      )}
    </Stack>
  );
}
