import { Anchor, Badge, Group, SimpleGrid, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorFrame, useEditor } from '../../components/editor';
import { Page } from '../../components/page';
import { ErrorState, LoadingRows } from '../../components/states';
import { inLanguage } from '../../lib/format';
import { useMay } from '../../lib/session';
import {
  changesOf,
  languagesOf,
  templateDraft,
  useTemplateForm,
  type TemplateChange,
  type TemplateForm,
  type TextLanguage,
} from './template-form';
import { TemplatePreview, useTemplatePreview } from './template-preview';
import { templateQuery, type Template } from './template-queries';
import { useTemplateSaving } from './template-save';
import { TemplateText } from './template-text';
import { TemplateTopic } from './template-topic';

/** What a letter says, in each of its languages. */
export function TemplatePage() {
  const { t } = useTranslation('templates');
  const { templateId } = useParams({ from: '/shell/templates/$templateId' });
  const query = useQuery(templateQuery(templateId));
  if (query.data) return <TemplateEditor key={templateId} template={query.data} />;
  return (
    <Page title={t('template')}>
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={4} height={120} />
      )}
    </Page>
  );
}

/** `texts.0.body` of the request is a language's text of the form. */
const pathsOf = ({ texts = [] }: TemplateChange): Record<string, string> =>
  Object.fromEntries(
    texts.flatMap(({ language }, index) =>
      ['subject', 'body'].map((field) => [`texts.${index}.${field}`, `texts.${language}.${field}`]),
    ),
  );

function TemplateEditor({ template }: { template: Template }) {
  const { t, i18n } = useTranslation('templates');
  const mayWrite = useMay('template.write');
  const form = useTemplateForm(template, t);
  const editor = useEditor({
    saved: template,
    form,
    draftName: `template:${template.id}`,
    valuesOf: templateDraft,
    changesOf,
    pathsOf,
    ...useTemplateSaving(template.id),
  });
  const [language, setLanguage] = useState<TextLanguage>(i18n.language === 'en' ? 'en' : 'vi');
  const text = form.values.texts[language];
  const preview = useTemplatePreview({ id: template.id, language, ...text });
  return (
    <Page title={inLanguage(template)} lead={<Facts template={template} />}>
      <EditorFrame editor={editor} mayWrite={mayWrite} gap="md">
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Stack gap="md">
            {mayWrite && <Names form={form} />}
            {mayWrite && template.topic && <TemplateTopic field={form.getInputProps('topic')} />}
            <LanguageTabs template={template} form={form} value={language} onChange={setLanguage}>
              <TemplateText
                key={language}
                template={template}
                form={form}
                language={language}
                mayWrite={mayWrite}
                preview={preview}
              />
            </LanguageTabs>
          </Stack>
          <TemplatePreview preview={preview} empty={!text.subject.trim() || !text.body.trim()} />
        </SimpleGrid>
      </EditorFrame>
    </Page>
  );
}

function Facts({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  return (
    <Group gap="xs">
      <Anchor component={Link} to="/templates" size="sm">
        {t('allTemplates')}
      </Anchor>
      <Badge variant="outline" tt="none">
        {t(`audience.${template.audience}`)}
      </Badge>
      <Badge variant="outline" tt="none">
        {t(`purpose.${template.purpose}`)}
      </Badge>
      {template.topic && (
        <Badge variant="outline" tt="none">
          {t(`topic.${template.topic}`)}
        </Badge>
      )}
    </Group>
  );
}

function Names({ form }: { form: TemplateForm }) {
  const { t } = useTranslation('templates');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput label={t('nameVi')} withAsterisk maxLength={200} {...form.getInputProps('nameVi')} />
      <TextInput label={t('nameEn')} withAsterisk maxLength={200} {...form.getInputProps('nameEn')} />
    </SimpleGrid>
  );
}

interface TabsProps {
  template: Template;
  form: TemplateForm;
  value: TextLanguage;
  onChange: (language: TextLanguage) => void;
  children: React.ReactNode;
}

/** The languages; one without a text says so, and what its readers get instead. */
function LanguageTabs({ template, form, value, onChange, children }: TabsProps) {
  const { t } = useTranslation('templates');
  const isMissing = (language: TextLanguage) => !form.values.texts[language].body.trim();
  const isWrong = (language: TextLanguage) =>
    Object.keys(form.errors).some((path) => path.startsWith(`texts.${language}.`));
  return (
    <Tabs value={value} onChange={(next) => next && onChange(next as TextLanguage)} keepMounted={false}>
      <Tabs.List mb="sm">
        {languagesOf(template.audience).map((language) => (
          <Tabs.Tab
            key={language}
            value={language}
            rightSection={
              isMissing(language) || isWrong(language) ? (
                <Badge
                  size="sm"
                  variant="outline"
                  tt="none"
                  color={isWrong(language) ? 'red' : 'gray'}
                  c="var(--mantine-color-text)"
                >
                  {t(isWrong(language) ? 'wrong' : 'missing')}
                </Badge>
              ) : undefined
            }
          >
            {t(`language.${language}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value}>
        {isMissing(value) && (
          <Text size="sm" mb="sm">
            {t(`instead.${value}`)}
          </Text>
        )}
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
