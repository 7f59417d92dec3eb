import { Alert, Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../components/facts';
import { formatDay, formatTime } from '../../lib/format';
import type { InboundMailDetail } from './inbox-queries';

/** Whose it is, and by what that is known. */
export function InboundFacts({ mail }: { mail: InboundMailDetail }) {
  const { t } = useTranslation('inbox');
  const { lead, contact, message, matchedBy, returnOn, meetingReply } = mail;
  const facts = [
    { name: t('facts.state'), value: t(`state.${mail.state}`) },
    {
      name: t('facts.lead'),
      value: lead && (
        <Anchor component={Link} to={`/leads/${lead.id}`}>
          {lead.firm.name} ({lead.reference})
        </Anchor>
      ),
    },
    { name: t('facts.contact'), value: contact?.name },
    ...(matchedBy ? [{ name: t('facts.matchedBy'), value: t(`matchedBy.${matchedBy}`) }] : []),
    ...(message
      ? [
          {
            name: t('facts.letter'),
            value: (
              <Anchor component={Link} to={`/messages/${message.id}`}>
                {message.subject}
              </Anchor>
            ),
          },
        ]
      : []),
    ...(returnOn ? [{ name: t('facts.returnOn'), value: formatDay(returnOn) }] : []),
    ...(meetingReply ? [{ name: t('facts.meetingReply'), value: t(`meetingReply.${meetingReply}`) }] : []),
    { name: t('facts.from'), value: mail.fromAddress },
    { name: t('facts.to'), value: mail.toAddresses },
    { name: t('facts.receivedAt'), value: formatTime(mail.receivedAt) },
  ];
  return (
    <Stack gap="lg">
      {mail.note && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />}>
          {t(`note.${mail.note}`)}
        </Alert>
      )}
      <Card withBorder component="section" aria-labelledby="inbound-facts">
        <Title order={2} size="h4" id="inbound-facts" mb="sm">
          {t('facts.title')}
        </Title>
        <Facts cols={1} facts={facts} />
        {mail.otherAddress && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('otherAddressText')}
          </Text>
        )}
      </Card>
    </Stack>
  );
}
