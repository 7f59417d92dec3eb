import { Anchor, Box, Card, Code, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber, formatTime, inLanguage } from '../../lib/format';
import type { MessageDetail } from './message-queries';
import { useReason } from './message-status';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}

/** When it was made and handed over, to whom, at which attempt, and under which Message-ID. */
export function MessageProof({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  const reasonOf = useReason();
  const { createdAt, notBefore, sentAt, claimedAt, toName, toAddress, fromName, replyTo, status } = message;
  return (
    <Card withBorder component="section" aria-labelledby="message-proof">
      <Title order={2} size="h4" id="message-proof" mb="sm">
        {t('proof.title')}
      </Title>
      <SimpleGrid component="dl" cols={{ base: 1, xs: 2 }} spacing="sm" m={0}>
        <Fact name={t('proof.made')}>{formatTime(createdAt)}</Fact>
        {sentAt ? (
          <Fact name={t('proof.sentAt')}>{formatTime(sentAt)}</Fact>
        ) : (
          <Fact name={t('proof.sentAt')}>
            {t('proof.notSent')}
            {status === 'queued' && ` · ${t('list.notBefore', { time: formatTime(notBefore) })}`}
          </Fact>
        )}
        <Fact name={t('proof.to')}>
          {toName} · {toAddress}
        </Fact>
        <Fact name={t('proof.from')}>{fromName}</Fact>
        {replyTo && <Fact name={t('proof.replyTo')}>{replyTo}</Fact>}
        <Fact name={t('proof.attempts')}>{formatNumber(message.attempts)}</Fact>
        {claimedAt && !sentAt && <Fact name={t('proof.lastTry')}>{formatTime(claimedAt)}</Fact>}
        {message.errorCode && status !== 'sent' && (
          <Fact name={t('proof.why')}>{reasonOf(message.errorCode)}</Fact>
        )}
      </SimpleGrid>
      <Box component="dl" mt="sm" mb={0}>
        <Fact name={t('proof.messageId')}>
          <Code>{message.messageIdHeader}</Code>
          <Text size="xs" c="dimmed" mt={4}>
            {t('proof.messageIdHint')}
          </Text>
        </Fact>
      </Box>
    </Card>
  );
}

/** What came of it, and what it belongs to. */
export function MessageContext({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  const { answer, audience, lead, firm, roundId, template } = message;
  return (
    <Card withBorder component="section" aria-labelledby="message-answer">
      <Title order={2} size="h4" id="message-answer" mb="sm">
        {t(audience === 'investor' ? 'answer.title' : 'page')}
      </Title>
      {audience === 'investor' &&
        (answer ? <Answer answer={answer} /> : <Text c="dimmed">{t('answer.none')}</Text>)}
      <SimpleGrid component="dl" cols={{ base: 1, xs: 2 }} spacing="sm" mt="md" mb={0}>
        {firm && (
          <Fact name={t('proof.firm')}>
            <Anchor component={Link} to={`/firms/${firm.id}`} inherit>
              {firm.name}
            </Anchor>
          </Fact>
        )}
        {lead && (
          <Fact name={t('proof.lead')}>
            <Anchor component={Link} to={`/leads/${lead.id}`} inherit>
              {lead.reference}
            </Anchor>
          </Fact>
        )}
        {roundId && (
          <Fact name={t('proof.round')}>
            <Anchor component={Link} to={`/rounds/${roundId}`} inherit>
              {t('proof.openRound')}
            </Anchor>
          </Fact>
        )}
        <Fact name={t('proof.template')}>
          <Anchor component={Link} to={`/templates/${template.id}`} inherit>
            {inLanguage(template)}
          </Anchor>
        </Fact>
      </SimpleGrid>
    </Card>
  );
}

function Answer({ answer }: { answer: NonNullable<MessageDetail['answer']> }) {
  const { t } = useTranslation('messages');
  return (
    <Stack gap={4}>
      <Text fw={600} fz="lg">
        {t(`answer.${answer.answer}`, { ns: 'common' })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('answer.at', { time: formatTime(answer.at) })}
      </Text>
      {answer.until && <Text size="sm">{t('answer.until', { day: formatDay(answer.until) })}</Text>}
      {answer.note && (
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {t('answer.note')}: {answer.note}
        </Text>
      )}
    </Stack>
  );
}
