import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { LoadingRows } from '../../components/states';

export function TodayPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.today')}>
      <LoadingRows />
    </Page>
  );
}
