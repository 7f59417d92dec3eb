import { Fieldset, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';

/** Words in the investor's languages as a form holds them: empty where nobody has written them. */
export type WordsTyped = { vi: string; en: string; zh: string };

interface Translated {
  vi: string;
  en?: string | null;
  zh?: string | null;
}

export const typedWords = (words?: Translated | null): WordsTyped => ({
  vi: words?.vi ?? '',
  en: words?.en ?? '',
  zh: words?.zh ?? '',
});

/** What is sent: null without the Vietnamese. */
export function sentWords({ vi, en, zh }: WordsTyped) {
  return vi.trim() ? neededWords({ vi, en, zh }) : null;
}

export const neededWords = ({ vi, en, zh }: WordsTyped) => ({
  vi: vi.trim(),
  en: en.trim() || null,
  zh: zh.trim() || null,
});

/** In the reader's language, or else in Vietnamese. */
export const wordsHere = (words: Translated): string => (i18n.language === 'en' && words.en) || words.vi;

interface Inputs {
  getInputProps: (path: string) => object;
}

interface TranslatedFieldsProps {
  form: Inputs;
  /** The field that holds the three. */
  path: string;
  label: string;
  required?: boolean;
  /** Lines instead of one line. */
  long?: boolean;
  maxLength?: number;
}

/** One text in Vietnamese, English and Chinese. */
export function TranslatedFields({ form, path, label, required, long, maxLength }: TranslatedFieldsProps) {
  const { t } = useTranslation();
  const languages = ['vi', 'en', 'zh'] as const;
  return (
    <Fieldset legend={label} p="sm">
      <SimpleGrid cols={{ base: 1, sm: long ? 1 : 3 }} spacing="sm">
        {languages.map((language) => {
          const props = {
            label: t(`inLanguage.${language}`),
            required: required && language === 'vi',
            maxLength: maxLength ?? (long ? 2000 : 300),
            ...form.getInputProps(`${path}.${language}`),
          };
          return long ? (
            <Textarea key={language} autosize minRows={2} maxRows={8} {...props} />
          ) : (
            <TextInput key={language} {...props} />
          );
        })}
      </SimpleGrid>
    </Fieldset>
  );
}
