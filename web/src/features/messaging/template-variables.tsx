import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What is written into the text for a variable; of a list, a line for each of its items. */
function written(variable: string): string {
  const [list, field] = variable.split('[].');
  if (!field) return `{{ ${variable} }}`;
  const item = list!.replace(/s$/, '');
  return `{% for ${item} in ${list} %}\n- {{ ${item}.${field} }}\n{% endfor %}`;
}

interface VariablesProps {
  variables: string[];
  insert: (text: string) => void;
}

/** Everything that a letter can fill in by itself, found by what it means. */
export function TemplateVariables({ variables, insert }: VariablesProps) {
  const { t, i18n } = useTranslation('templates');
  const [typed, setTyped] = useState('');
  const meaning = (variable: string) => {
    const key = `variable.${variable.replace('[]', '').replaceAll('.', '_')}`;
    return i18n.exists(key, { ns: 'templates' }) ? t(key) : variable;
  };
  return (
    <Select
      label={t('insert')}
      description={t('insertText')}
      placeholder={t('insertHint')}
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      data={variables.map((value) => ({ value, label: meaning(value) }))}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      onChange={(variable) => {
        setTyped('');
        if (variable) insert(written(variable));
      }}
      renderOption={({ option }) => (
        <Stack gap={0}>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {option.value}
          </Text>
        </Stack>
      )}
    />
  );
}
