import { ActionIcon, Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconLanguage } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The frame of the pages before one is signed in. */
export function Door({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useDocumentTitle(`${title} · Đồng Hành`);
  const other = i18n.language === 'en' ? 'vi' : 'en';
  return (
    <Center component="main" mih="100vh" p="md" bg="var(--mantine-color-default-hover)">
      <Box w="100%" maw={420}>
        <Group justify="space-between" mb="md">
          <div>
            <Text fw={700} size="xl" c="var(--mantine-primary-color-light-color)">
              Đồng Hành
            </Text>
            <Text size="sm">{t('tagline')}</Text>
          </div>
          <ActionIcon
            variant="default"
            size="lg"
            lang={other}
            aria-label={other === 'en' ? 'English' : 'Tiếng Việt'}
            onClick={() => void i18n.changeLanguage(other)}
          >
            <IconLanguage size={18} aria-hidden />
          </ActionIcon>
        </Group>
        <Paper withBorder p="xl" radius="lg">
          <Stack>
            <div>
              <Title order={1} size="h3" id="page-title" tabIndex={-1}>
                {title}
              </Title>
              {text && <Text c="dimmed">{text}</Text>}
            </div>
            {children}
          </Stack>
        </Paper>
      </Box>
    </Center>
  );
}
