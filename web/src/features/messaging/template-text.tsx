import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconSend } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { Problem } from '../../lib/problem';
import { useFaultWords } from './template-faults';
import { templateDraft, type TemplateForm, type TextLanguage } from './template-form';
import type { useTemplatePreview } from './template-preview';
import type { Template } from './template-queries';
import { TemplateVariables } from './template-variables';

interface TextProps {
  template: Template;
  form: TemplateForm;
  language: TextLanguage;
  mayWrite: boolean;
  preview: ReturnType<typeof useTemplatePreview>;
}

type Field = 'subject' | 'body';
type Caret = { field: Field; from: number; to: number };

/** Puts text where the writer last was, and leaves the writer after it. */
function useCaret(form: TemplateForm, language: TextLanguage) {
  const caret = useRef<Caret | null>(null);
  const fields = useRef<Partial<Record<Field, HTMLInputElement | HTMLTextAreaElement | null>>>({});
  const watch = (field: Field) => ({
    ref: (element: HTMLInputElement | HTMLTextAreaElement | null) => void (fields.current[field] = element),
    onSelect: ({ currentTarget }: SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const { selectionStart, selectionEnd } = currentTarget;
      caret.current = { field, from: selectionStart ?? 0, to: selectionEnd ?? 0 };
    },
  });
  const insert = (text: string) => {
    const { body } = form.getValues().texts[language];
    const { field, from, to } = caret.current ?? { field: 'body', from: body.length, to: body.length };
    const before = form.getValues().texts[language][field];
    const added = field === 'subject' ? text.replaceAll('\n', ' ') : text;
    form.setFieldValue(`texts.${language}.${field}`, before.slice(0, from) + added + before.slice(to));
    const end = from + added.length;
    caret.current = { field, from: end, to: end };
    setTimeout(() => {
      fields.current[field]?.focus();
      fields.current[field]?.setSelectionRange(end, end);
    });
  };
  return { watch, insert };
}

/** A letter in one language: its subject and its text, with what is wrong beside it. */
export function TemplateText({ template, form, language, mayWrite, preview }: TextProps) {
  const { t } = useTranslation('templates');
  const caret = useCaret(form, language);
  const say = useFaultWords();
  const text = form.values.texts[language];
  const faults = preview.error instanceof Problem ? preview.error.faults : [];
  const props = (field: Field) => {
    const path = `texts.${language}.${field}`;
    const { error, ...input } = form.getInputProps(path);
    const found = faults.filter((fault) => fault.path === field).map((fault) => say(fault, text[field]));
    return { ...input, error: found.length > 0 ? found.join(' ') : error };
  };
  return (
    <Stack gap="sm" lang={language}>
      <TextInput
        label={t('subject')}
        withAsterisk={mayWrite}
        readOnly={!mayWrite}
        maxLength={200}
        {...props('subject')}
        {...caret.watch('subject')}
      />
      <Textarea
        label={t('body')}
        description={mayWrite ? t('bodyText') : undefined}
        withAsterisk={mayWrite}
        readOnly={!mayWrite}
        autosize
        minRows={12}
        maxRows={30}
        maxLength={20_000}
        {...props('body')}
        {...caret.watch('body')}
      />
      {mayWrite && <TemplateVariables variables={template.variables} insert={caret.insert} />}
      <TextActions template={template} form={form} language={language} mayWrite={mayWrite} />
    </Stack>
  );
}

function TextActions({ template, form, language, mayWrite }: Omit<TextProps, 'preview'>) {
  const { t } = useTranslation('templates');
  const text = form.values.texts[language];
  const saved = templateDraft(template).texts[language];
  const changed = text.subject !== saved.subject || text.body !== saved.body;
  const test = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/templates/{id}/test-mail', {
          params: { path: { id: template.id } },
          body: { language, ...text },
        }),
      ),
    onSuccess: ({ toAddress }) => tellDone(t('testSent', { address: toAddress })),
    onError: tellFailure,
  });
  const back = () => {
    form.setFieldValue(`texts.${language}`, saved);
    tellDone(t('backDone'), () => form.setFieldValue(`texts.${language}`, text));
  };
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconSend size={16} aria-hidden />}
        loading={test.isPending}
        disabled={!text.subject.trim() || !text.body.trim()}
        onClick={() => test.mutate()}
      >
        {t('test')}
      </Button>
      {mayWrite && changed && (
        <Button variant="subtle" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={back}>
          {t('backToSaved')}
        </Button>
      )}
    </Group>
  );
}
