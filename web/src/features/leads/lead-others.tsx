import { Alert, Anchor, Card, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { When } from '../../components/when';
import { formatTime } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import { colleaguesContactsQuery, type Lead } from './lead-queries';

const SHOWN = 3;

/** A colleague spoke with the firm lately, or will: said before one calls it oneself. */
export function ColleaguesNotice({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const { data } = useQuery(colleaguesContactsQuery(lead.id));
  const contacts = data?.items ?? [];
  if (contacts.length === 0) return null;
  return (
    <Alert
      color="yellow"
      icon={<IconUsers aria-hidden />}
      title={t('colleagues.title')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <List size="sm" spacing={4} listStyleType="none" p={0}>
        {contacts.slice(0, SHOWN).map(({ id, by, kind, booked, happenedAt, subject, lead: other }) => (
          <List.Item key={id}>
            {t(booked ? 'colleagues.booked' : 'colleagues.did', {
              name: by.name,
              what: t(`activity.${kind}`).toLocaleLowerCase(),
              time: formatTime(happenedAt),
              subject,
            })}
            {other.id !== lead.id && (
              <>
                {' '}
                <Anchor component={Link} to={`/leads/${other.id}`} size="sm">
                  {other.reference}
                </Anchor>
              </>
            )}
          </List.Item>
        ))}
        {contacts.length > SHOWN && (
          <List.Item>{t('colleagues.more', { count: contacts.length - SHOWN })}</List.Item>
        )}
      </List>
    </Alert>
  );
}

/** The firm's other leads, and who works on them. */
export function OtherLeads({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const nameOf = useStageName();
  return (
    <Card withBorder component="section" aria-labelledby="lead-others">
      <Title order={2} size="h4" id="lead-others" mb="sm">
        {t('others.title')}
      </Title>
      {lead.otherLeads.length === 0 ? (
        <Text c="dimmed">{t('others.none')}</Text>
      ) : (
        <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
          {lead.otherLeads.map((other) => (
            <li key={other.id}>
              <Anchor component={Link} to={`/leads/${other.id}`} fw={600}>
                {other.reference}
              </Anchor>
              <Text size="sm">
                {t(`kind.${other.kind}`, { ns: 'common' })} · {nameOf(other.kind, other.stage)}
              </Text>
              <Text size="sm">
                {other.owner ? t('others.owner', { name: other.owner.name }) : t('others.noOwner')}
                {other.helpers.length > 0 &&
                  ` · ${t('others.helpers', { names: other.helpers.map(({ name }) => name).join(', ') })}`}
              </Text>
              <Text size="sm" c="dimmed">
                {t('others.lastActivity')} <When at={other.lastActivityAt} />
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </Card>
  );
}
