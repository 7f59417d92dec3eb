import { Anchor, Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconMail, IconMailOff, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import { formatPhone } from '../../lib/phones';
import { useMay } from '../../lib/session';
import { ConsentState } from './consent-state';
import type { Contact } from './directory-queries';
import { MailChoice } from './mail-choice';

interface ContactCardProps {
  contact: Contact;
  edit: () => void;
  consents: () => void;
  /** Records what the person asked about the own data. */
  request: () => void;
}

/** One person: how to reach them, in which language, and may they be written to? */
export function ContactCard({ contact, edit, consents, request }: ContactCardProps) {
  const { t } = useTranslation(['firms', 'consents', 'data-requests']);
  const mayWrite = useMay('contact.write');
  const mayRaise = useMay('data_request.raise');
  return (
    <Card withBorder p="md" component="article" aria-label={contact.fullName}>
      <Stack gap="xs" justify="space-between" h="100%">
        <div>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text fw={600}>{contact.fullName}</Text>
            {contact.isPrimary && (
              <Badge variant="light" c="var(--mantine-color-text)" tt="none" style={{ flexShrink: 0 }}>
                {t('primary')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {[contact.title, t(`language.${contact.language}`)].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Reach contact={contact} />
        <ConsentState state={contact.consent} />
        <MailChoice contact={contact} />
        {contact.restrictedAt && (
          <Text size="sm" fw={600}>
            {t('restrictedSince', { ns: 'data-requests', day: formatDay(contact.restrictedAt) })}
          </Text>
        )}
        <Group gap="xs">
          <Act words={t('ledger', { ns: 'consents' })} name={contact.fullName} onClick={consents} />
          {mayWrite && <Act words={t('edit', { ns: 'common' })} name={contact.fullName} onClick={edit} />}
          {mayRaise && (
            <Act words={t('record', { ns: 'data-requests' })} name={contact.fullName} onClick={request} />
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** Whoever hears the page is told whose button it is. */
function Act({ words, name, onClick }: { words: string; name: string; onClick: () => void }) {
  return (
    <Button size="xs" variant="default" onClick={onClick} aria-label={`${words}: ${name}`}>
      {words}
    </Button>
  );
}

function Reach({ contact }: { contact: Contact }) {
  const { t } = useTranslation('firms');
  const bounced = contact.emailState === 'bounced';
  return (
    <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
      {contact.phone && (
        <Anchor href={`tel:${contact.phone}`} size="sm" lh={1.75}>
          <IconPhone size={14} aria-hidden /> {formatPhone(contact.phone)}
        </Anchor>
      )}
      {contact.email && (
        <Anchor href={`mailto:${contact.email}`} size="sm" lh={1.75}>
          <IconMail size={14} aria-hidden /> {contact.email}
        </Anchor>
      )}
      {!contact.phone && !contact.email && (
        <Text size="sm" c="dimmed">
          {t('noReach')}
        </Text>
      )}
      {bounced && (
        <Text size="sm" c="var(--mantine-color-error)">
          <IconMailOff size={14} aria-hidden />{' '}
          {contact.bouncedAt ? t('bouncedOn', { day: formatDay(contact.bouncedAt) }) : t('bounced')}
        </Text>
      )}
    </Stack>
  );
}
