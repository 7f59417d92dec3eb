import { Anchor, Button, Card, Grid, Group, List, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconMailOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { formatNumber, formatTime } from '../../lib/format';
import { hasStatus } from '../../lib/problem';
import { InboundFacts } from './inbound-facts';
import { InboundDecision } from './inbound-decision';
import { KindBadge } from './inbox-list';
import { inboundMailQuery, writerOf, type InboundMailDetail } from './inbox-queries';

/** What did they write, and whose is it? */
export function InboundMailPage() {
  const { t } = useTranslation('inbox');
  const { mailId } = useParams({ from: '/shell/inbox/$mailId' });
  const query = useQuery(inboundMailQuery(mailId));
  const mail = query.data;
  return (
    <Page title={mail ? mail.subject || t('noSubject') : t('page')} lead={mail && <Names mail={mail} />}>
      {hasStatus(query.error, 404) && !mail ? (
        <EmptyState icon={IconMailOff} title={t('gone.title')} text={t('gone.text')} />
      ) : (
        <QueryState query={query} loading={<LoadingRows rows={6} height={72} />}>
          {(read) => <MailView mail={read} />}
        </QueryState>
      )}
    </Page>
  );
}

type MailProps = { mail: InboundMailDetail };

function Names({ mail }: MailProps) {
  const { t } = useTranslation('inbox');
  return (
    <Group gap="xs">
      <Text inherit span>
        {writerOf(mail) || t('forgotten')} · {formatTime(mail.receivedAt)}
      </Text>
      <KindBadge row={mail} />
    </Group>
  );
}

function MailView({ mail }: MailProps) {
  return (
    <>
      <InboundDecision mail={mail} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <Words mail={mail} />
            {mail.files.length > 0 && <Files mail={mail} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <InboundFacts mail={mail} />
        </Grid.Col>
      </Grid>
    </>
  );
}

const PLAIN = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

/** Plain text only: nothing that a stranger sent is ever shown as a page. */
function Words({ mail }: MailProps) {
  const { t } = useTranslation('inbox');
  const words = mail.words || mail.text;
  return (
    <Card withBorder component="section" aria-labelledby="inbound-words">
      <Title order={2} size="h4" id="inbound-words" mb="sm">
        {t('words.title')}
      </Title>
      {words ? (
        <Text style={PLAIN}>{words}</Text>
      ) : (
        <Text c="dimmed">{t(writerOf(mail) ? 'words.none' : 'words.forgotten')}</Text>
      )}
      {mail.words && mail.text !== mail.words && <Whole text={mail.text} />}
    </Card>
  );
}

/** With the letter that it answers, and the signature. */
function Whole({ text }: { text: string }) {
  const { t } = useTranslation('inbox');
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" mt="md" aria-expanded={opened} onClick={toggle}>
        {t(opened ? 'words.less' : 'words.whole')}
      </Button>
      {opened && (
        <Text size="sm" mt="sm" style={PLAIN}>
          {text}
        </Text>
      )}
    </>
  );
}

function Files({ mail }: MailProps) {
  const { t } = useTranslation('inbox');
  return (
    <Card withBorder component="section" aria-labelledby="inbound-files">
      <Title order={2} size="h4" id="inbound-files" mb="sm">
        {t('files.title')}
      </Title>
      <List listStyleType="none" spacing="xs">
        {mail.files.map(({ id, name, size, refusal }) => (
          <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
            {refusal ? (
              <Text span>{name}</Text>
            ) : (
              <Anchor href={`/api/v1/inbound-mails/${mail.id}/attachments/${id}`} download>
                {name}
              </Anchor>
            )}{' '}
            <Text span size="sm" c="dimmed">
              {refusal
                ? t(`files.refused.${refusal}`)
                : t('files.size', { number: formatNumber(Math.max(1, Math.round(size / 1024))) })}
            </Text>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
