import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { When } from '../../components/when';
import { inLanguage } from '../../lib/format';
import { useMay } from '../../lib/session';
import { NewTemplateDialog } from './new-template-dialog';
import { languagesOf } from './template-form';
import { templatesQuery, type TemplateListItem } from './template-queries';

/** Which letters there are, and which languages they still lack. */
export function TemplatesPage() {
  const { t } = useTranslation('templates');
  const mayWrite = useMay('template.write');
  const [creating, setCreating] = useState(false);
  const query = useQuery(templatesQuery);
  return (
    <Page
      title={t('page')}
      lead={t('pageLead')}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <QueryState query={query} loading={<LoadingRows rows={8} height={64} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('empty')} text={t('emptyText')} />
          ) : (
            <Stack gap="xl" maw={960}>
              {(['investor', 'officer'] as const).map((audience) => (
                <OfAudience key={audience} audience={audience} items={items} />
              ))}
            </Stack>
          )
        }
      </QueryState>
      {creating && <NewTemplateDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

interface AudienceProps {
  audience: 'investor' | 'officer';
  items: TemplateListItem[];
}

function OfAudience({ audience, items }: AudienceProps) {
  const { t } = useTranslation('templates');
  const own = items.filter((item) => item.audience === audience);
  if (own.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t(`audience.${audience}`)}>
      <Title order={2} size="h4">
        {t(`audience.${audience}`)}
      </Title>
      {own.map((item) => (
        <TemplateRow key={item.id} item={item} />
      ))}
    </Stack>
  );
}

function TemplateRow({ item }: { item: TemplateListItem }) {
  const { t } = useTranslation('templates');
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="sm">
        <div>
          <Anchor
            fw={600}
            renderRoot={(props) => (
              <Link {...props} to="/templates/$templateId" params={{ templateId: item.id }} />
            )}
          >
            {inLanguage(item)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t(`purpose.${item.purpose}`)} · {t('changed')} <When at={item.updatedAt} />
          </Text>
        </div>
        <Group gap={6}>
          {languagesOf(item.audience).map((language) => {
            const present = item.languages.includes(language);
            return (
              <Badge
                key={language}
                variant={present ? 'light' : 'outline'}
                color={present ? undefined : 'gray'}
                c={present ? undefined : 'var(--mantine-color-text)'}
                tt="none"
                fw={500}
              >
                {present ? t(`language.${language}`) : t('lacks', { language: t(`language.${language}`) })}
              </Badge>
            );
          })}
        </Group>
      </Group>
    </Card>
  );
}
