import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { LoadingRows } from '../../components/states';

export function TemplatesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.templates')}>
      <LoadingRows />
    </Page>
  );
}
