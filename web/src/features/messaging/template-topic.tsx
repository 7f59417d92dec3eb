import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TOPICS } from './template-form';

/** By what investors choose to get a letter or not. @param field the input props of a form's field */
export function TemplateTopic({ field }: { field: object }) {
  const { t } = useTranslation('templates');
  return (
    <Select
      label={t('topicLabel')}
      description={t('topicText')}
      allowDeselect={false}
      data={TOPICS.map((value) => ({ value, label: t(`topic.${value}`) }))}
      {...field}
    />
  );
}
