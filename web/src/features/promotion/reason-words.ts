import { useTranslation } from 'react-i18next';

/** Why somebody gets nothing, or not everything, in the reader's words. */
export function useReasonWords(): (code: string) => string {
  const { t } = useTranslation('sequences');
  return (code) => t(`reason.${code}`, { defaultValue: t('reason.other') });
}
