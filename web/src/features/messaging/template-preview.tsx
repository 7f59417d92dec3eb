import { Alert, Box, Loader, SegmentedControl, Group, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { Problem } from '../../lib/problem';
import type { TextLanguage } from './template-form';

const PHONE = 375;
const HEIGHT = 640;

type Look = 'light' | 'dark';

/** The letter as a program shows it that is light, or dark, whatever this one is. */
const lookOf = (html: string, look: Look) =>
  html.replaceAll('@media (prefers-color-scheme: dark)', look === 'dark' ? '@media all' : '@media not all');

interface Shown {
  id: string;
  language: TextLanguage;
  subject: string;
  body: string;
}

/** The letter as its reader would get it, a moment after the last key. */
export function useTemplatePreview(text: Shown) {
  const [shown] = useDebouncedValue(text, 400);
  const { id, language, subject, body } = shown;
  return useQuery({
    queryKey: ['template', id, 'preview', language, subject, body],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v1/templates/{id}/preview', {
          signal,
          params: { path: { id } },
          body: { language, subject, body },
        }),
      ),
    enabled: Boolean(subject.trim() && body.trim()),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

interface PreviewProps {
  preview: ReturnType<typeof useTemplatePreview>;
  empty: boolean;
}

export function TemplatePreview({ preview, empty }: PreviewProps) {
  const { t } = useTranslation('templates');
  const [width, setWidth] = useState('desk');
  const [look, setLook] = useState<Look>('light');
  const wrong = preview.error instanceof Problem;
  const [good, setGood] = useState(preview.data);
  // a text with a fault leaves the last letter that could be made
  if (preview.data && preview.data !== good) setGood(preview.data);
  return (
    <Stack gap="xs" component="section" aria-label={t('preview')}>
      <Group justify="space-between">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t('preview')}
          </Title>
          {preview.isFetching && <Loader size="xs" aria-label={t('loading', { ns: 'common' })} />}
        </Group>
        <Looks width={width} setWidth={setWidth} look={look} setLook={setLook} />
      </Group>
      {wrong && !empty && (
        <Alert color="yellow" role="status">
          {t('previewOld')}
        </Alert>
      )}
      {empty ? (
        <Text c="dimmed">{t('previewEmpty')}</Text>
      ) : (
        good && (
          <>
            <Text size="sm">
              <Text span c="dimmed" inherit>
                {t('subject')}:{' '}
              </Text>
              {good.subject}
            </Text>
            <Box
              component="iframe"
              title={t('preview')}
              sandbox=""
              srcDoc={lookOf(good.html, look)}
              w="100%"
              maw={width === 'phone' ? PHONE : undefined}
              h={HEIGHT}
              mx="auto"
              style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 8 }}
            />
          </>
        )
      )}
      <Text size="sm" c="dimmed">
        {t('previewText')}
      </Text>
    </Stack>
  );
}

interface LooksProps {
  width: string;
  setWidth: (width: string) => void;
  look: Look;
  setLook: (look: Look) => void;
}

/** On a desk or a telephone, light or dark. */
function Looks({ width, setWidth, look, setLook }: LooksProps) {
  const { t } = useTranslation('templates');
  return (
    <Group gap="xs">
      <SegmentedControl
        aria-label={t('previewLook')}
        value={look}
        onChange={setLook}
        data={(['light', 'dark'] as const).map((value) => ({ value, label: t(`look.${value}`) }))}
      />
      <SegmentedControl
        aria-label={t('previewWidth')}
        value={width}
        onChange={setWidth}
        data={(['desk', 'phone'] as const).map((value) => ({ value, label: t(`width.${value}`) }))}
      />
    </Group>
  );
}
