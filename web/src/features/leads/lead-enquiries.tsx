import { Badge, Group, Stack, Text } from '@mantine/core';
import { SectionCard } from '../../components/section-card';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LongText } from '../../components/long-text';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { formatTime } from '../../lib/format';
import { useNow } from '../../lib/minute';

type Enquiry = components['schemas']['LeadEnquiry'];

const leadEnquiriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'enquiries'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/enquiries', { signal, params: { path: { id } } })),
  });

/** What the investor asked through the public site, in the own words; nothing where nothing was asked. */
export function LeadEnquiries({ leadId }: { leadId: string }) {
  const { t } = useTranslation('enquiries');
  const { data } = useQuery(leadEnquiriesQuery(leadId));
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <SectionCard id="lead-enquiries" icon={IconMessageQuestion} title={t('title')}>
      <Stack component="ul" gap="lg" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((enquiry) => (
          <li key={enquiry.id}>
            <EnquiryShown enquiry={enquiry} />
          </li>
        ))}
      </Stack>
    </SectionCard>
  );
}

function EnquiryShown({ enquiry }: { enquiry: Enquiry }) {
  const { t } = useTranslation('enquiries');
  const { reference, receivedAt, contact, clusters, promotionMail, erased, message } = enquiry;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {reference} · {formatTime(receivedAt)}
        {contact && ` · ${contact.name}`} · {t(`via.${enquiry.via}`)}
      </Text>
      {erased ? <Text c="dimmed">{t('erased')}</Text> : <LongText lines={6}>{message ?? ''}</LongText>}
      {clusters.length > 0 && (
        <Text size="sm">{t('clusters', { names: clusters.map(({ name }) => name).join(', ') })}</Text>
      )}
      <Text size="sm">{t(promotionMail ? 'consentTicked' : 'consentNot')}</Text>
      <Group gap="xs">
        <Clock what="acknowledge" by={enquiry.acknowledgeBy} at={enquiry.acknowledgedAt} />
        <Clock what="answer" by={enquiry.answerBy} at={enquiry.answeredAt} />
      </Group>
    </Stack>
  );
}

/** One clock of the service standard: met, met too late, running, or run out. */
function Clock({ what, by, at }: { what: 'acknowledge' | 'answer'; by: string; at: string | null }) {
  const { t } = useTranslation('enquiries');
  const now = useNow();
  const late = (at ?? now.toISOString()) > by;
  const state = at ? (late ? 'doneLate' : 'done') : late ? 'overdue' : 'due';
  const color = { done: 'teal', doneLate: 'gray', due: 'blue', overdue: 'red' }[state];
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      size="lg"
      fw={500}
      h="auto"
      py={2}
      style={{ whiteSpace: 'normal' }}
    >
      {t(`${what}.${state}`, { time: formatTime(at ?? by) })}
    </Badge>
  );
}
