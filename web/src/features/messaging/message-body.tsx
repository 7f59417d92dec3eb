import { Card, Tabs, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MessageDetail } from './message-queries';

/** Nothing is fetched for a mail that is only looked at: no picture, no font, no program. */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

/** The mail as it was sent, in a frame that runs nothing and leads nowhere. */
export function MessageBody({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages');
  const { language, subject, bodyHtml, bodyText } = message;
  return (
    <Card withBorder component="section" aria-labelledby="message-body">
      <Title order={2} size="h4" id="message-body">
        {t('body.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`language.${language}`)} · {t('body.links')}
      </Text>
      <Tabs defaultValue="html" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="html">{t('body.html')}</Tabs.Tab>
          <Tabs.Tab value="text">{t('body.text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html" pt="sm">
          <iframe
            title={t('body.frame', { subject })}
            sandbox=""
            srcDoc={POLICY + bodyHtml}
            style={{ width: '100%', height: 640, border: 0, background: 'white', colorScheme: 'light' }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="sm">
          <Text component="div" lang={language} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {bodyText}
          </Text>
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
