import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMail, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Contact, Lead } from './lead-queries';

/** The people of the firm: how to reach them, and whether promotion mail may be sent to them. */
export function LeadContacts({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const query = useQuery(firmContactsQuery(lead.firm.id));
  const first = lead.primaryContact?.id;
  return (
    <Card withBorder component="section" aria-labelledby="lead-contacts">
      <Title order={2} size="h4" id="lead-contacts" mb="sm">
        {t('contacts.title')}
      </Title>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('contacts.none')}</Text>
          ) : (
            <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
              {[...items]
                .sort((one, other) => Number(other.id === first) - Number(one.id === first))
                .map((contact) => (
                  <Person key={contact.id} contact={contact} first={contact.id === first} />
                ))}
            </Stack>
          )
        }
      </QueryState>
    </Card>
  );
}

function Person({ contact, first }: { contact: Contact; first: boolean }) {
  const { t } = useTranslation('lead');
  const { fullName, title, phone, email } = contact;
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">
        <Text fw={600}>{fullName}</Text>
        {first && (
          <Badge variant="light" size="sm" tt="none">
            {t('contacts.first')}
          </Badge>
        )}
      </Group>
      {title && (
        <Text size="sm" c="dimmed">
          {title}
        </Text>
      )}
      {phone && (
        <Anchor href={`tel:${phone}`}>
          <Group gap={6} wrap="nowrap">
            <IconPhone size={16} aria-hidden /> {phone}
          </Group>
        </Anchor>
      )}
      {email && (
        <Anchor href={`mailto:${email}`} style={{ overflowWrap: 'anywhere' }}>
          <Group gap={6} wrap="nowrap">
            <IconMail size={16} aria-hidden style={{ flexShrink: 0 }} /> {email}
          </Group>
        </Anchor>
      )}
      <MayWeWrite contact={contact} />
    </Stack>
  );
}

const CONSENT_COLORS = { given: 'pine', none: 'gray', withdrawn: 'red' } as const;

/** May promotion mail be sent? */
function MayWeWrite({ contact: { consent, email, emailState } }: { contact: Contact }) {
  const { t } = useTranslation('lead');
  return (
    <Group gap={6}>
      <Badge variant="light" size="sm" color={CONSENT_COLORS[consent]} tt="none">
        {t(`consent.${consent}`)}
      </Badge>
      {!email && (
        <Badge variant="light" size="sm" color="gray" tt="none">
          {t('contacts.noEmail')}
        </Badge>
      )}
      {emailState === 'bounced' && (
        <Badge variant="light" size="sm" color="red" tt="none">
          {t('contacts.bounced')}
        </Badge>
      )}
    </Group>
  );
}
