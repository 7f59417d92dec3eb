import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../components/conflict';
import { api, ifMatch, take } from '../../lib/api';
import { templateDraft, type TemplateChange } from './template-form';
import { templateQuery, type Template } from './template-queries';

/** Parts that the saved template has otherwise. */
function useDifferences(): (mine: TemplateChange, theirs: Template) => Difference[] {
  const { t } = useTranslation('templates');
  const empty = t('none', { ns: 'common' });
  return (mine, theirs) => {
    const saved = templateDraft(theirs);
    const pairs: [string, string | undefined, string][] = [
      [t('nameVi'), mine.nameVi, saved.nameVi],
      [t('nameEn'), mine.nameEn, saved.nameEn],
      ...(mine.texts ?? []).flatMap(({ language, subject, body }): [string, string, string][] => [
        [`${t(`language.${language}`)}: ${t('subject')}`, subject, saved.texts[language].subject],
        [`${t(`language.${language}`)}: ${t('body')}`, body, saved.texts[language].body],
      ]),
    ];
    return pairs
      .filter(([, one, other]) => one !== undefined && one !== other)
      .map(([field, one, other]) => ({ field, mine: one, theirs: other || empty }));
  };
}

/** How a template is sent, read again, compared and shown. */
export function useTemplateSaving(id: string) {
  const client = useQueryClient();
  const params = { path: { id } };
  return {
    send: (body: TemplateChange, version: number) =>
      take(api.PATCH('/api/v1/templates/{id}', { params, body, headers: ifMatch(version) })),
    current: () => take(api.GET('/api/v1/templates/{id}', { params })),
    differences: useDifferences(),
    keep: (saved: Template) => {
      client.setQueryData(templateQuery(id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['template', 'list'] });
    },
  };
}
