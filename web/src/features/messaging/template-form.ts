import { useForm, type UseFormReturnType } from '@mantine/form';
import type { components } from '../../api/schema';
import type { Template } from './template-queries';

export type TextLanguage = components['schemas']['TemplateTextAnswer']['language'];

interface Text {
  subject: string;
  body: string;
}

export interface TemplateDraft extends Record<string, unknown> {
  /** The version that was read: what is saved is compared with it. */
  version: number;
  /** Of promotion mail to investors only. */
  topic: Template['topic'];
  nameVi: string;
  nameEn: string;
  texts: Record<TextLanguage, Text>;
}

/** What investors choose by. */
export const TOPICS = ['rounds', 'land', 'policy'] as const;

export type TemplateForm = UseFormReturnType<TemplateDraft>;
export type TemplateChange = components['schemas']['ChangeTemplate'];

/** Colleagues read Vietnamese or English; investors Chinese too. */
export const languagesOf = (audience: Template['audience']): TextLanguage[] =>
  audience === 'investor' ? ['vi', 'en', 'zh'] : ['vi', 'en'];

const textOf = (template: Template, language: TextLanguage): Text => {
  const { subject = '', body = '' } = template.texts.find((text) => text.language === language) ?? {};
  return { subject, body };
};

export const templateDraft = (template: Template): TemplateDraft => ({
  version: template.version,
  topic: template.topic,
  nameVi: template.nameVi,
  nameEn: template.nameEn,
  texts: { vi: textOf(template, 'vi'), en: textOf(template, 'en'), zh: textOf(template, 'zh') },
});

/** Only what differs from what was read; a text that stays empty is no text. */
export function changesOf(values: TemplateDraft, read: TemplateDraft): TemplateChange {
  const texts = (['vi', 'en', 'zh'] as const)
    .filter((language) => {
      const [now, before] = [values.texts[language], read.texts[language]];
      return now.subject !== before.subject || now.body !== before.body;
    })
    .map((language) => ({ language, ...values.texts[language] }));
  return {
    ...(values.topic && values.topic !== read.topic && { topic: values.topic }),
    ...(values.nameVi !== read.nameVi && { nameVi: values.nameVi.trim() }),
    ...(values.nameEn !== read.nameEn && { nameEn: values.nameEn.trim() }),
    ...(texts.length > 0 && { texts }),
  };
}

export function useTemplateForm(template: Template, say: (key: string) => string): TemplateForm {
  const missing = (value: string) => (value.trim() ? null : say('required'));
  const half =
    (part: 'subject' | 'body') =>
    (value: string, { texts }: TemplateDraft, path: string) => {
      const language = path.split('.')[1] as TextLanguage;
      const saved = template.texts.some((text) => text.language === language);
      const other = texts[language][part === 'subject' ? 'body' : 'subject'];
      return !value.trim() && (saved || other.trim()) ? say('required') : null;
    };
  const text = { subject: half('subject'), body: half('body') };
  return useForm<TemplateDraft>({
    initialValues: templateDraft(template),
    validate: { nameVi: missing, nameEn: missing, texts: { vi: text, en: text, zh: text } },
  });
}
